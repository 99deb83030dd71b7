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
