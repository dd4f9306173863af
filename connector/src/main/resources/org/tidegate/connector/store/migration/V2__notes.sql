-- Texts whose salted digests stand on the ledger: reasons, terms, statements of a dispute. The body
-- is the salt and the text, JSON.
CREATE TABLE notes (
  digest VARCHAR(80) PRIMARY KEY,
  body TEXT NOT NULL,
  kept_at BIGINT NOT NULL
);
