-- The books. Written once for every engine: BIGINT, BYTEA and TEXT are its only types, and the remark at the end of each
-- table says whether it is kept in the order of its key.

-- The shop and what is set in it.
CREATE TABLE shop (
    site BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    zone TEXT NOT NULL,
    day_ends_at TEXT NOT NULL,
    language TEXT NOT NULL,
    replay BIGINT NOT NULL CHECK (replay IN (0, 1))
) /*heap*/;

CREATE TABLE setting (
    site BIGINT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (site, key)
) /*clustered*/;

CREATE TABLE policy_version (
    site BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    text TEXT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    effective TEXT NOT NULL,
    PRIMARY KEY (site, version)
) /*clustered*/;

CREATE TABLE staff (
    site BIGINT NOT NULL,
    no BIGINT NOT NULL CHECK (no >= 0),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('auditor', 'clerk', 'lead', 'manager', 'administrator')),
    language TEXT NOT NULL,
    active BIGINT NOT NULL CHECK (active IN (0, 1)),
    pin_hash TEXT,
    PRIMARY KEY (site, no)
) /*clustered*/;

CREATE TABLE attempt (
    site BIGINT NOT NULL,
    place BIGINT NOT NULL CHECK (place > 0),
    staff BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    was_right BIGINT NOT NULL CHECK (was_right IN (0, 1)),
    PRIMARY KEY (site, place)
) /*clustered*/;

-- Members. The person stands apart, so that it can be erased.
CREATE TABLE member (
    site BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    place BIGINT NOT NULL CHECK (place BETWEEN 1 AND 999999999),
    household BYTEA CHECK (household IS NULL OR length(household) = 16),
    code TEXT,
    since TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('good', 'suspended', 'barred', 'cancelled')),
    PRIMARY KEY (site, id)
) /*clustered*/;
CREATE UNIQUE INDEX member_place ON member (site, place);
CREATE UNIQUE INDEX member_code ON member (site, code) WHERE code IS NOT NULL;
CREATE INDEX member_household ON member (site, household) WHERE household IS NOT NULL;

CREATE TABLE person (
    site BIGINT NOT NULL,
    member BYTEA NOT NULL,
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    born TEXT,
    PRIMARY KEY (site, member),
    FOREIGN KEY (site, member) REFERENCES member (site, id)
) /*clustered*/;

-- The first letters of each word of a name, for one and two letters typed.
CREATE TABLE name_start (
    site BIGINT NOT NULL,
    start TEXT NOT NULL CHECK (length(start) BETWEEN 1 AND 2),
    member_place BIGINT NOT NULL,
    PRIMARY KEY (site, start, member_place)
) /*clustered*/;

CREATE TABLE card (
    site BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number BETWEEN 1000000000 AND 9999999999),
    member BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'lost', 'stolen', 'replaced')),
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (site, number),
    FOREIGN KEY (site, member) REFERENCES member (site, id)
) /*clustered*/;
CREATE INDEX card_member ON card (site, member, number);

CREATE TABLE term (
    site BIGINT NOT NULL,
    member BYTEA NOT NULL,
    place BIGINT NOT NULL CHECK (place > 0),
    plan TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT,
    anchor TEXT NOT NULL,
    run_months BIGINT NOT NULL,
    fee_minor BIGINT NOT NULL CHECK (fee_minor BETWEEN -1000000000000000 AND 1000000000000000),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    undone BIGINT NOT NULL CHECK (undone IN (0, 1)),
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (site, member, place),
    FOREIGN KEY (site, member) REFERENCES member (site, id)
) /*clustered*/;

-- Bills, for ever as they came.
CREATE TABLE bill (
    site BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    key TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('sale', 'folio')),
    till TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    offset_min BIGINT NOT NULL,
    business_date TEXT NOT NULL,
    member BYTEA CHECK (member IS NULL OR length(member) = 16),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    tax_mode TEXT NOT NULL CHECK (tax_mode IN ('included', 'added')),
    gross_minor BIGINT NOT NULL CHECK (gross_minor BETWEEN -1000000000000000 AND 1000000000000000),
    rounding_minor BIGINT NOT NULL CHECK (rounding_minor BETWEEN -1000000000000000 AND 1000000000000000),
    lines BIGINT NOT NULL CHECK (lines >= 0),
    promotions TEXT,
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (site, id)
) /*clustered*/;
CREATE UNIQUE INDEX bill_key ON bill (site, key);
CREATE INDEX bill_number ON bill (site, number);
CREATE INDEX bill_day ON bill (site, business_date, at_us);
CREATE INDEX bill_gross ON bill (site, gross_minor);
CREATE INDEX bill_member ON bill (site, member, at_us) WHERE member IS NOT NULL;

CREATE TABLE bill_line (
    site BIGINT NOT NULL,
    bill BYTEA NOT NULL,
    no BIGINT NOT NULL CHECK (no > 0),
    item TEXT NOT NULL,
    text TEXT NOT NULL,
    department TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity BETWEEN -1000000000000000 AND 1000000000000000),
    unit_price BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL CHECK (discount_minor BETWEEN -1000000000000000 AND 1000000000000000),
    net_minor BIGINT NOT NULL CHECK (net_minor BETWEEN -1000000000000000 AND 1000000000000000),
    tax_minor BIGINT NOT NULL CHECK (tax_minor BETWEEN -1000000000000000 AND 1000000000000000),
    gross_minor BIGINT NOT NULL CHECK (gross_minor = net_minor + tax_minor),
    taxes TEXT,
    returns_key TEXT,
    returns_line BIGINT,
    promotion BIGINT,
    PRIMARY KEY (site, bill, no),
    FOREIGN KEY (site, bill) REFERENCES bill (site, id)
) /*clustered*/;

CREATE TABLE bill_payment (
    site BIGINT NOT NULL,
    bill BYTEA NOT NULL,
    no BIGINT NOT NULL CHECK (no > 0),
    tender TEXT NOT NULL CHECK (tender IN ('cash', 'card', 'gift_card', 'store_credit', 'account', 'room')),
    amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
    covers_minor BIGINT NOT NULL CHECK (covers_minor BETWEEN -1000000000000000 AND 1000000000000000),
    card TEXT,
    PRIMARY KEY (site, bill, no),
    FOREIGN KEY (site, bill) REFERENCES bill (site, id)
) /*clustered*/;

-- Lines with which a till gave back what it had sold; the sale is named by its key, for it may come in later.
CREATE TABLE till_return (
    site BIGINT NOT NULL,
    sale_key TEXT NOT NULL,
    sale_line BIGINT NOT NULL,
    bill BYTEA NOT NULL,
    line BIGINT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL CHECK (gross_minor = net_minor + tax_minor),
    PRIMARY KEY (site, sale_key, sale_line, bill, line),
    FOREIGN KEY (site, bill) REFERENCES bill (site, id)
) /*clustered*/;

CREATE TABLE kept_aside (
    site BIGINT NOT NULL,
    origin TEXT NOT NULL,
    key TEXT NOT NULL,
    reason TEXT NOT NULL,
    difference_minor BIGINT,
    currency TEXT,
    raw TEXT NOT NULL,
    PRIMARY KEY (site, origin, key)
) /*heap*/;

CREATE TABLE import_progress (
    site BIGINT NOT NULL,
    origin TEXT NOT NULL,
    fingerprint BYTEA NOT NULL CHECK (length(fingerprint) = 32),
    position BIGINT NOT NULL CHECK (position >= 0),
    done BIGINT NOT NULL CHECK (done IN (0, 1)),
    counts TEXT NOT NULL,
    PRIMARY KEY (site, origin)
) /*clustered*/;

-- Documents: a counter and a chain for each desk, and rows that are only ever added.
CREATE TABLE desk (
    site BIGINT NOT NULL,
    no BIGINT NOT NULL CHECK (no BETWEEN 1 AND 999),
    last_sequence BIGINT NOT NULL CHECK (last_sequence >= 0),
    head BYTEA NOT NULL CHECK (length(head) = 32),
    PRIMARY KEY (site, no)
) /*clustered*/;

CREATE TABLE document (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL CHECK (sequence > 0),
    id BYTEA NOT NULL CHECK (length(id) = 16),
    request BYTEA NOT NULL CHECK (length(request) = 16),
    request_hash BYTEA NOT NULL CHECK (length(request_hash) = 32),
    job TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    offset_min BIGINT NOT NULL,
    business_date TEXT NOT NULL,
    clerk BIGINT NOT NULL,
    member BYTEA CHECK (member IS NULL OR length(member) = 16),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    total_minor BIGINT NOT NULL CHECK (total_minor BETWEEN -1000000000000000 AND 1000000000000000),
    previous BYTEA NOT NULL CHECK (length(previous) = 32),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    body BYTEA NOT NULL,
    paper TEXT NOT NULL,
    PRIMARY KEY (site, desk, sequence)
) /*clustered*/;
CREATE UNIQUE INDEX document_request ON document (site, request);
CREATE UNIQUE INDEX document_id ON document (site, id);
CREATE INDEX document_at ON document (site, at_us);
CREATE INDEX document_member ON document (site, member, business_date) WHERE member IS NOT NULL;
CREATE INDEX document_goodwill ON document (site, business_date, clerk, currency, total_minor) WHERE job = 'goodwill';

CREATE TABLE document_bill (
    site BIGINT NOT NULL,
    bill BYTEA NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (site, bill, desk, sequence),
    FOREIGN KEY (site, desk, sequence) REFERENCES document (site, desk, sequence)
) /*clustered*/;

CREATE TABLE posting (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    no BIGINT NOT NULL CHECK (no > 0),
    account TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
    PRIMARY KEY (site, desk, sequence, no),
    FOREIGN KEY (site, desk, sequence) REFERENCES document (site, desk, sequence)
) /*clustered*/;

-- What moves by which tender, and what has become of it since.
CREATE TABLE payout (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    no BIGINT NOT NULL CHECK (no > 0),
    tender TEXT NOT NULL CHECK (tender IN ('cash', 'card', 'gift_card', 'store_credit', 'account', 'room')),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
    exact_minor BIGINT NOT NULL CHECK (exact_minor BETWEEN -1000000000000000 AND 1000000000000000),
    card TEXT,
    state TEXT NOT NULL CHECK (state IN ('moved', 'due', 'failed', 'paid', 'voided')),
    reference TEXT,
    PRIMARY KEY (site, desk, sequence, no),
    FOREIGN KEY (site, desk, sequence) REFERENCES document (site, desk, sequence)
) /*clustered*/;
CREATE INDEX payout_due ON payout (site, desk, sequence, no) WHERE state IN ('due', 'failed');

-- A document that another one has undone; the key lets that happen once.
CREATE TABLE voided (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    by_desk BIGINT NOT NULL,
    by_sequence BIGINT NOT NULL,
    PRIMARY KEY (site, desk, sequence),
    FOREIGN KEY (site, desk, sequence) REFERENCES document (site, desk, sequence)
) /*clustered*/;

-- What documents gave back of lines and payments, in the order in which it happened.
CREATE TABLE line_event (
    site BIGINT NOT NULL,
    bill BYTEA NOT NULL,
    line BIGINT NOT NULL,
    place BIGINT NOT NULL CHECK (place > 0),
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('return', 'price', 'goodwill')),
    quantity BIGINT NOT NULL,
    returned_before BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL CHECK (gross_minor = net_minor + tax_minor),
    PRIMARY KEY (site, bill, line, place),
    FOREIGN KEY (site, bill, line) REFERENCES bill_line (site, bill, no)
) /*clustered*/;

CREATE TABLE payment_event (
    site BIGINT NOT NULL,
    bill BYTEA NOT NULL,
    payment BIGINT NOT NULL,
    place BIGINT NOT NULL CHECK (place > 0),
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    exact_minor BIGINT NOT NULL,
    paid_minor BIGINT NOT NULL,
    PRIMARY KEY (site, bill, payment, place),
    FOREIGN KEY (site, bill, payment) REFERENCES bill_payment (site, bill, no)
) /*clustered*/;

-- Store credits under the number of the document that issued them.
CREATE TABLE credit (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    member BYTEA CHECK (member IS NULL OR length(member) = 16),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    issued_minor BIGINT NOT NULL CHECK (issued_minor BETWEEN 0 AND 1000000000000000),
    balance_minor BIGINT NOT NULL CHECK (balance_minor BETWEEN 0 AND issued_minor),
    promotional BIGINT NOT NULL CHECK (promotional IN (0, 1)),
    version BIGINT NOT NULL CHECK (version >= 0),
    PRIMARY KEY (site, desk, sequence)
) /*clustered*/;
CREATE INDEX credit_member ON credit (site, member) WHERE member IS NOT NULL;

CREATE TABLE credit_event (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    by_desk BIGINT NOT NULL,
    by_sequence BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (site, desk, sequence, version),
    FOREIGN KEY (site, desk, sequence) REFERENCES credit (site, desk, sequence)
) /*clustered*/;

-- Approvals that were used, events besides documents, and paper to be made.
CREATE TABLE approval_used (
    site BIGINT NOT NULL,
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    staff BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (site, digest)
) /*clustered*/;

CREATE TABLE event (
    site BIGINT NOT NULL,
    desk BIGINT NOT NULL,
    place BIGINT NOT NULL CHECK (place > 0),
    staff BIGINT,
    kind TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (site, desk, place)
) /*clustered*/;

CREATE TABLE print_job (
    site BIGINT NOT NULL,
    id BIGINT NOT NULL,
    document BYTEA NOT NULL CHECK (length(document) = 16),
    desk BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    copy BIGINT NOT NULL CHECK (copy BETWEEN 0 AND 999),
    at_us BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'done')),
    handed TEXT,
    PRIMARY KEY (site, id),
    FOREIGN KEY (site, desk, sequence) REFERENCES document (site, desk, sequence)
) /*clustered*/;
CREATE INDEX print_pending ON print_job (site, at_us, id) WHERE state = 'queued';
