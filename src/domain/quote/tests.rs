//! Table tests of the jobs.
