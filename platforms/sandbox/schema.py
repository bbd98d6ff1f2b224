"""The tables of the sandbox's memory."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    id INTEGER PRIMARY KEY, platform TEXT NOT NULL, remote_id TEXT NOT NULL, handle TEXT NOT NULL,
    name TEXT NOT NULL, about TEXT NOT NULL, followers INTEGER NOT NULL, created_at REAL NOT NULL,
    extra TEXT NOT NULL, UNIQUE (platform, remote_id), UNIQUE (platform, handle));
CREATE TABLE IF NOT EXISTS token (
    value TEXT PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS app (
    platform TEXT NOT NULL, client_id TEXT NOT NULL, client_secret TEXT NOT NULL,
    redirect_uri TEXT NOT NULL, PRIMARY KEY (platform, client_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS permission (
    id INTEGER PRIMARY KEY, platform TEXT NOT NULL, client_id TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account, scopes TEXT NOT NULL, revoked_at REAL);
CREATE TABLE IF NOT EXISTS issued (
    value TEXT PRIMARY KEY, kind TEXT NOT NULL, permission_id INTEGER NOT NULL
    REFERENCES permission, account_id INTEGER NOT NULL REFERENCES account, ends_at REAL,
    used_at REAL, extra TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS issued_permission ON issued (permission_id);
CREATE TABLE IF NOT EXISTS post (
    id INTEGER PRIMARY KEY, platform TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account,
    remote_id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    link TEXT NOT NULL, in_reply_to TEXT NOT NULL, digest TEXT NOT NULL, created_at REAL NOT NULL,
    deleted_at REAL, extra TEXT NOT NULL, UNIQUE (platform, remote_id));
CREATE INDEX IF NOT EXISTS post_timeline ON post (account_id, created_at, id);
CREATE INDEX IF NOT EXISTS post_thread ON post (in_reply_to) WHERE in_reply_to != '';
CREATE INDEX IF NOT EXISTS post_digest ON post (digest, account_id);
CREATE TABLE IF NOT EXISTS medium (
    id INTEGER PRIMARY KEY, platform TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account,
    remote_id TEXT NOT NULL, content_type TEXT NOT NULL, size INTEGER NOT NULL,
    alt_text TEXT NOT NULL, post_id INTEGER REFERENCES post, created_at REAL NOT NULL,
    extra TEXT NOT NULL, data BLOB NOT NULL, UNIQUE (platform, remote_id));
CREATE INDEX IF NOT EXISTS medium_post ON medium (post_id);
CREATE TABLE IF NOT EXISTS person (
    id INTEGER PRIMARY KEY, platform TEXT NOT NULL, remote_id TEXT NOT NULL, handle TEXT NOT NULL,
    name TEXT NOT NULL, UNIQUE (platform, remote_id), UNIQUE (platform, handle));
CREATE TABLE IF NOT EXISTS comment (
    id INTEGER PRIMARY KEY, platform TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account,
    remote_id TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, in_reply_to TEXT NOT NULL,
    created_at REAL NOT NULL, person_id INTEGER NOT NULL REFERENCES person,
    UNIQUE (platform, remote_id));
CREATE INDEX IF NOT EXISTS comment_account ON comment (account_id, created_at, id);
CREATE INDEX IF NOT EXISTS comment_thread ON comment (platform, in_reply_to, created_at);
CREATE TABLE IF NOT EXISTS publishing_call (
    digest TEXT NOT NULL, account TEXT NOT NULL, platform TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (digest, account, platform)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
CLEAR = """
DELETE FROM kept; DELETE FROM publishing_call; DELETE FROM comment; DELETE FROM medium;
DELETE FROM post; DELETE FROM person; DELETE FROM issued; DELETE FROM permission;
DELETE FROM app; DELETE FROM token; DELETE FROM account;
"""
