-- Keys that sign the chain of each desk: only their public halves, each with the document from which on it signs. Every one but the
-- first is brought in by a document.
CREATE TABLE desk_key (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL CHECK (desk BETWEEN 1 AND 999),
    no BIGINT NOT NULL CHECK (no > 0),
    public BYTEA NOT NULL CHECK (length(public) = 32),
    from_sequence BIGINT NOT NULL CHECK (from_sequence > 0),
    PRIMARY KEY (site, desk, no)
) /*clustered*/;

-- Seals on the chain of a desk: the sum of its document of that number, signed.
CREATE TABLE checkpoint (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL CHECK (sequence > 0),
    head BYTEA NOT NULL CHECK (length(head) = 32),
    key_no BIGINT NOT NULL CHECK (key_no > 0),
    at_us BIGINT NOT NULL,
    offset_min BIGINT NOT NULL,
    signature BYTEA NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (site, desk, sequence),
    FOREIGN KEY (site, desk, sequence) REFERENCES document (site, desk, sequence)
) /*clustered*/;

-- Shifts are told by the documents that open and close them.
CREATE INDEX document_shift ON document (site, desk, sequence) WHERE job IN ('open_shift', 'close_shift');
