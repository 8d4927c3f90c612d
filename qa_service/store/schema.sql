-- The catalog of one snapshot. Rows of sentences and passages count from 0 in document order; the same number is
-- the row in the vector and keyword indexes. Spans are half-open and count code points of documents.text.

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,         -- 0 .. in the order of indexing
    id TEXT NOT NULL UNIQUE,
    first_sentence INTEGER NOT NULL,    -- row of the document's first sentence; the others follow it
    sentences INTEGER NOT NULL,
    first_passage INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    published_at TEXT,                  -- ISO date: compares as text
    source_folded TEXT,                 -- case-folded, for filters
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT,
    agency TEXT,
    author TEXT,
    place TEXT,
    url TEXT,
    origin TEXT NOT NULL,
    text TEXT NOT NULL                  -- last: a query that does not ask for it need not read past it
) STRICT;

CREATE TABLE passages (
    row INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    first INTEGER NOT NULL,             -- index of a sentence in its document, not a row
    last INTEGER NOT NULL,
    tokens INTEGER NOT NULL
) STRICT;

CREATE TABLE sentences (
    row INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    passage INTEGER NOT NULL REFERENCES passages    -- the first one that contains the sentence
) STRICT;

CREATE TABLE names (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    display TEXT NOT NULL,
    kind TEXT NOT NULL,
    variants TEXT NOT NULL,             -- JSON list
    offices TEXT NOT NULL               -- JSON list
) STRICT;

CREATE TABLE words (
    row INTEGER PRIMARY KEY,            -- that of its vector
    word TEXT NOT NULL UNIQUE           -- case-folded, as it occurs in the documents
) STRICT;

CREATE TABLE mentions (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    key TEXT NOT NULL REFERENCES names (key),
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
) STRICT;

CREATE TABLE statements (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    position INTEGER NOT NULL,          -- counts from 0 within its document
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    speaker_key TEXT NOT NULL,
    cue TEXT NOT NULL,
    quoted INTEGER NOT NULL,
    occasion TEXT NOT NULL,             -- JSON list of name keys
    content TEXT NOT NULL,              -- JSON list of spans [start, stop]
    addressee TEXT NOT NULL,
    said_on TEXT                        -- ISO date
) STRICT;

CREATE INDEX documents_newest ON documents (coalesce(published_at, '') DESC, title, id);
CREATE INDEX documents_source ON documents (source_folded);
CREATE INDEX mentions_key ON mentions (key, document);
CREATE INDEX mentions_document ON mentions (document);
CREATE INDEX statements_speaker ON statements (speaker_key);
CREATE INDEX statements_document ON statements (document);
