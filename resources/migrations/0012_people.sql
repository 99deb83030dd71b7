-- The member that a person of the staff is as well: nobody decides about their own money.
ALTER TABLE staff ADD COLUMN member BYTEA;

-- Wrong PINs are counted in a window of time.
CREATE INDEX attempt_at ON attempt (site, at_us);

-- Locks that somebody else took away: the person's wrong PINs up to this place count no more.
CREATE TABLE unlocked (
    site BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    place BIGINT NOT NULL CHECK (place >= 0),
    by_staff BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (site, staff, place)
) /*clustered*/;

-- Requests that wait for a second person at another desk. The request itself goes when it is settled, for it may hold personal data;
-- what was decided stays until the request is settled or another takes its place.
CREATE TABLE waiting (
    site BIGINT NOT NULL,
    request BYTEA NOT NULL CHECK (length(request) = 16),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    desk BIGINT NOT NULL,
    clerk BIGINT NOT NULL,
    job TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('lead', 'manager', 'administrator')),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    amount_minor BIGINT NOT NULL,
    asked_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    envelope TEXT NOT NULL,
    mark BYTEA CHECK (mark IS NULL OR length(mark) = 32),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused')),
    decided_by BIGINT,
    decided_us BIGINT,
    reason TEXT,
    PRIMARY KEY (site, request)
) /*clustered*/;
CREATE INDEX waiting_open ON waiting (site, until_us) WHERE state = 'waiting';
