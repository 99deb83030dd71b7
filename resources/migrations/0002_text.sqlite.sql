-- The text search of SQLite: letters are folded before they come here, so it neither folds nor ranks, and keeps no places
-- of triples in a text.
CREATE VIRTUAL TABLE text_index USING fts5(text, tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
