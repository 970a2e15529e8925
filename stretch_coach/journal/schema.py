"""The tables of the history file. A change of them is one more migration; those that were released never change.

The index over days holds all that the sums of the record need, so that they read nothing else.
"""

MIGRATIONS: tuple[str, ...] = (
    """
CREATE TABLE session(
  id TEXT PRIMARY KEY CHECK(length(id) = 36),
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  utc_offset_s INTEGER NOT NULL CHECK(utc_offset_s BETWEEN -50400 AND 50400),
  zone TEXT,
  day TEXT NOT NULL CHECK(day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  routine TEXT NOT NULL,
  title TEXT NOT NULL,
  planned_ms INTEGER NOT NULL CHECK(planned_ms > 0),
  done_ms INTEGER NOT NULL CHECK(done_ms >= 0),
  segments INTEGER NOT NULL CHECK(segments > 0),
  segments_done INTEGER NOT NULL CHECK(segments_done BETWEEN 0 AND segments),
  outcome TEXT NOT NULL CHECK(outcome IN ('completed', 'partial', 'stopped', 'interrupted')),
  source TEXT NOT NULL CHECK(source IN ('timer', 'break', 'manual')),
  device TEXT,
  clock_suspect INTEGER NOT NULL DEFAULT 0 CHECK(clock_suspect IN (0, 1))
) STRICT;
CREATE INDEX session_day ON session(day, outcome, source, utc_offset_s, done_ms, planned_ms);
CREATE INDEX session_started ON session(started_ms);
CREATE TABLE step(
  session_id TEXT NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK(number > 0),
  side TEXT NOT NULL CHECK(side IN ('left', 'right', '')),
  exercise TEXT,
  planned_ms INTEGER NOT NULL CHECK(planned_ms > 0),
  done_ms INTEGER NOT NULL CHECK(done_ms >= 0),
  reps INTEGER NOT NULL CHECK(reps > 0),
  reps_done INTEGER NOT NULL CHECK(reps_done BETWEEN 0 AND reps),
  outcome TEXT NOT NULL CHECK(outcome IN ('done', 'partial', 'skipped', 'stopped')),
  PRIMARY KEY(session_id, number, side)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan(
  from_day TEXT PRIMARY KEY CHECK(from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  days TEXT NOT NULL CHECK(days <> ''),
  per_day INTEGER NOT NULL CHECK(per_day BETWEEN 1 AND 24)
) STRICT;
CREATE TABLE freeze(
  day TEXT PRIMARY KEY CHECK(day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE TABLE acknowledgement(
  subject TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE identity(
  device TEXT NOT NULL CHECK(length(device) = 36)
) STRICT;
""",
)
