-- The form of every table of the schema in use: each table, column, constraint and index, and triggers, rules, row policies and
-- tables that inherit, of which there should be none. What a server says of NOT NULL is left out, for old ones say nothing,
-- and so is what an index is called while it is made anew.
WITH own AS (
    SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity OR c.relforcerowsecurity AS secured
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
), form (tab, kind, name, how) AS (
    SELECT relname, 'table', relname, concat_ws(' ', relkind, relpersistence, CASE WHEN secured THEN 'secured' END) FROM own
    UNION ALL
    SELECT own.relname, 'column', concat(own.relname, '.', a.attname),
        concat_ws(' ', pg_catalog.format_type(a.atttypid, a.atttypmod), l.collname)
    FROM own JOIN pg_catalog.pg_attribute a ON a.attrelid = own.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
    UNION ALL
    SELECT own.relname, 'constraint', k.conname, concat_ws(' ', k.contype,
        (SELECT string_agg(a.attname, ',' ORDER BY
            CASE WHEN k.contype <> 'c' THEN array_position(k.conkey, a.attnum) END, a.attname COLLATE "C")
            FROM pg_catalog.pg_attribute a WHERE a.attrelid = own.oid AND a.attnum = ANY (k.conkey)),
        CASE WHEN k.contype = 'f' THEN concat(f.relname, ' ', k.confupdtype, k.confdeltype) END,
        CASE WHEN NOT k.convalidated THEN 'unproved' END, CASE WHEN k.condeferrable THEN 'late' END)
    FROM own JOIN pg_catalog.pg_constraint k ON k.conrelid = own.oid
    LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
    WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
    UNION ALL
    SELECT own.relname, 'index', x.relname, concat_ws(' ',
        (SELECT string_agg(a.attname, ',' ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indexrelid),
        CASE WHEN i.indisunique THEN 'unique' END, CASE WHEN i.indpred IS NOT NULL THEN 'partial' END,
        CASE WHEN NOT (i.indisvalid AND i.indisready AND i.indislive) THEN 'invalid' END)
    FROM own JOIN pg_catalog.pg_index i ON i.indrelid = own.oid JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    WHERE i.indisvalid OR x.relname !~ '_cc(new|old)[0-9]*$'
    UNION ALL
    SELECT own.relname, 'trigger', COALESCE(k.conname, t.tgname), CASE WHEN t.tgisinternal THEN 'off' ELSE 'own' END
    FROM own JOIN pg_catalog.pg_trigger t ON t.tgrelid = own.oid
    LEFT JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint
    WHERE NOT t.tgisinternal OR t.tgenabled <> 'O'
    UNION ALL
    SELECT own.relname, 'rule', r.rulename, '' FROM own JOIN pg_catalog.pg_rewrite r ON r.ev_class = own.oid
    UNION ALL
    SELECT own.relname, 'policy', p.polname, '' FROM own JOIN pg_catalog.pg_policy p ON p.polrelid = own.oid
    UNION ALL
    SELECT own.relname, 'child', c.relname, ''
    FROM own JOIN pg_catalog.pg_inherits h ON h.inhparent = own.oid JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
)
SELECT CAST(tab AS text), kind, CAST(name AS text), how FROM form
ORDER BY tab COLLATE "C", kind COLLATE "C", name COLLATE "C", how COLLATE "C"
