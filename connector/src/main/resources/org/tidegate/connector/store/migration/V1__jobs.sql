-- Times are milliseconds since 1970 UTC; digests are their text form; documents are JSON text.

CREATE TABLE jobs (
  job_id VARCHAR(80) PRIMARY KEY,
  role VARCHAR(16) NOT NULL,
  state VARCHAR(16) NOT NULL,
  outcome VARCHAR(16),
  outcome_code VARCHAR(64),
  outcome_line INTEGER,
  outcome_column INTEGER,
  outcome_message VARCHAR(4000),
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE INDEX jobs_by_state ON jobs (state);

-- Append-only: nothing updates or deletes a row.
CREATE TABLE job_history (
  job_id VARCHAR(80) NOT NULL,
  seq INTEGER NOT NULL,
  state VARCHAR(16) NOT NULL,
  entered_at BIGINT NOT NULL,
  PRIMARY KEY (job_id, seq),
  FOREIGN KEY (job_id) REFERENCES jobs (job_id)
);

-- Written in the transaction that enters REVEALING, before the frame goes out.
CREATE TABLE reveal_journal (
  job_id VARCHAR(80) PRIMARY KEY,
  journaled_at BIGINT NOT NULL,
  FOREIGN KEY (job_id) REFERENCES jobs (job_id)
);

CREATE TABLE job_documents (
  job_id VARCHAR(80) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  name VARCHAR(64) NOT NULL,
  body TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (job_id, kind, name),
  FOREIGN KEY (job_id) REFERENCES jobs (job_id)
);

-- Full descriptions of products, own and others', by the digest that stands on the ledger.
CREATE TABLE products (
  owner VARCHAR(64) NOT NULL,
  name VARCHAR(64) NOT NULL,
  version INTEGER NOT NULL,
  digest VARCHAR(80) NOT NULL,
  body TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (owner, name, version)
);

-- Where this owner's products have their rows; never told to anybody.
CREATE TABLE product_sources (
  name VARCHAR(64) NOT NULL,
  version INTEGER NOT NULL,
  file_name VARCHAR(4000),
  view_sql TEXT,
  base_dir VARCHAR(4000) NOT NULL,
  PRIMARY KEY (name, version)
);

-- Full terms of this owner's grants, as its people wrote them.
CREATE TABLE grants (
  grant_id VARCHAR(64) PRIMARY KEY,
  digest VARCHAR(80) NOT NULL,
  body TEXT NOT NULL,
  kept_at BIGINT NOT NULL
);
