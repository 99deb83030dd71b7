-- The text search of a server: letters are folded before they come here. Each text stands with the list of its letter
-- triples, under an inverted index, which needs no extension.
CREATE TABLE text_index (
    site BIGINT NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    triples TEXT[] NOT NULL,
    PRIMARY KEY (site, number)
) /*clustered*/;
CREATE INDEX text_triples ON text_index USING gin (triples);
