CREATE TABLE projects (
    id          UUID         NOT NULL PRIMARY KEY,
    owner_id    UUID         NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tag_id      UUID         REFERENCES tags (id),
    name        VARCHAR(100) NOT NULL,
    description TEXT         NOT NULL DEFAULT '',
    status      VARCHAR(20)  NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    created_at  TIMESTAMP    NOT NULL,
    updated_at  TIMESTAMP    NOT NULL,
    CONSTRAINT projects_owner_id_name_key UNIQUE (owner_id, name)
);

CREATE INDEX projects_owner_id_created_at_idx ON projects (owner_id, created_at);
CREATE INDEX projects_tag_id_idx ON projects (tag_id);
