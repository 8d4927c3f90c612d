-- Conversations, version 1. Times are ISO 8601 in UTC.

CREATE TABLE conversations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again, so that a late answer finds its own or nothing
    id TEXT NOT NULL UNIQUE,
    browser TEXT NOT NULL,
    title TEXT,                                 -- as somebody named it
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    rank INTEGER NOT NULL                       -- the higher, the later it was asked in; a browser has each rank once
) STRICT;

CREATE UNIQUE INDEX conversations_of_a_browser ON conversations (browser, rank);

-- Every answer that was given in a conversation, also to questions that were asked anew since: somebody may have passed
-- on its address, and what was thought of it is worth knowing.
CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
    question TEXT NOT NULL,
    plain TEXT NOT NULL,                        -- without markers
    body TEXT NOT NULL                          -- JSON, as it was sent
) STRICT;

CREATE INDEX answers_of_a_conversation ON answers (conversation);

CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
    position INTEGER NOT NULL,                  -- 0 .. without gaps
    question TEXT NOT NULL,
    answer TEXT REFERENCES answers,             -- NULL: not yet, or never
    UNIQUE (conversation, position)
) STRICT;

CREATE INDEX turns_with_an_answer ON turns (answer);

CREATE TABLE feedback (
    answer TEXT PRIMARY KEY REFERENCES answers ON DELETE CASCADE,
    rating TEXT NOT NULL,
    reasons TEXT NOT NULL,                      -- JSON list
    comment TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT;
