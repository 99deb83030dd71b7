-- The desk whose printer makes a copy, where it is another one than the document's own.
ALTER TABLE print_job ADD COLUMN at_desk BIGINT;
