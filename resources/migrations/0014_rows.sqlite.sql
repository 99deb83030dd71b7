-- Documents as rows beside their keys. A table that is its own key keeps whole rows along the way to each, and SQLite reads all of a
-- document, its bytes and its paper, wherever a search passes one: at every row that names a document, so with every posting.
CREATE TABLE document_row (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL CHECK (sequence > 0),
    id BYTEA NOT NULL CHECK (length(id) = 16),
    request BYTEA NOT NULL CHECK (length(request) = 16),
    request_hash BYTEA NOT NULL CHECK (length(request_hash) = 32),
    job TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    offset_min BIGINT NOT NULL,
    business_date TEXT NOT NULL,
    clerk BIGINT NOT NULL,
    member BYTEA CHECK (member IS NULL OR length(member) = 16),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    total_minor BIGINT NOT NULL CHECK (total_minor BETWEEN -1000000000000000 AND 1000000000000000),
    previous BYTEA NOT NULL CHECK (length(previous) = 32),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    body BYTEA NOT NULL,
    paper TEXT NOT NULL,
    PRIMARY KEY (site, desk, sequence)
) /*heap*/;
INSERT INTO document_row (site, desk, sequence, id, request, request_hash, job, at_us, offset_min, business_date, clerk, member,
        currency, total_minor, previous, hash, body, paper)
    SELECT site, desk, sequence, id, request, request_hash, job, at_us, offset_min, business_date, clerk, member,
        currency, total_minor, previous, hash, body, paper
    FROM document ORDER BY site, desk, sequence;
DROP TABLE document;
ALTER TABLE document_row RENAME TO document;
CREATE UNIQUE INDEX document_request ON document (site, request);
CREATE INDEX document_at ON document (site, at_us);
CREATE INDEX document_member ON document (site, member, business_date) WHERE member IS NOT NULL;
CREATE INDEX document_goodwill ON document (site, business_date, clerk, currency, total_minor, desk, sequence) WHERE job = 'goodwill';
CREATE INDEX document_shift ON document (site, desk, sequence) WHERE job IN ('open_shift', 'close_shift');
CREATE INDEX document_erased ON document (site, member) WHERE job = 'erase_person';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('document', 'sqlite_autoindex_document_1', '1000000 1000000 50000 1'),
    ('document', 'document_request', '1000000 1000000 1'),
    ('document', 'document_at', '1000000 1000000 1'),
    ('document', 'document_member', '500000 500000 4 1'),
    ('document', 'document_goodwill', '100000 100000 100 10 10 1 1 1'),
    ('document', 'document_erased', '1000 1000 1');
ANALYZE sqlite_schema;
