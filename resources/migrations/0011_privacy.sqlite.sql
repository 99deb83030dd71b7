-- What can be forgotten. Notes of clerks lie beside their documents, which hold only a sum of each with its salt.
CREATE TABLE note (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    salt BYTEA NOT NULL CHECK (length(salt) = 16),
    text TEXT NOT NULL,
    PRIMARY KEY (site, desk, sequence),
    FOREIGN KEY (site, desk, sequence) REFERENCES document (site, desk, sequence)
) /*clustered*/;

-- Members who were erased while bytes of theirs may still lie in the files.
CREATE TABLE uncleaned (
    site BIGINT NOT NULL,
    member BYTEA NOT NULL CHECK (length(member) = 16),
    PRIMARY KEY (site, member)
) /*clustered*/;

CREATE INDEX document_erased ON document (site, member) WHERE job = 'erase_person';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('note', 'note', '100000 100000 5000 1'),
    ('uncleaned', 'uncleaned', '10 10 1'),
    ('document', 'document_erased', '1000 1000 1');
ANALYZE sqlite_schema;
-- What is taken out of the text search leaves no letters behind, and neither does what was taken out before.
INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 1);
INSERT INTO text_index (text_index) VALUES ('optimize');
