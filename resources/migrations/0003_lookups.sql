-- What was ever sold, once for each code and text, so that a bill is found by its goods without reading every line; the folded
-- text is what is looked through. Of goods that came in before, accents are not folded.
CREATE TABLE item (
    site BIGINT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (site, code, text)
) /*clustered*/;
INSERT INTO item (site, code, text, folded) SELECT DISTINCT site, item, text, lower(text) FROM bill_line;
CREATE INDEX bill_line_item ON bill_line (site, item, bill);
-- Documents are asked for by number, request, member and bill, never by their id.
DROP INDEX document_id;
