"""The tables of the history file. To change them, add a migration; a released migration never changes.

What the user adds to a session afterwards is a row of `revision`. The latest for each session and field wins, and
triggers copy it to the session's own row, whichever of the two came first. Triggers also keep the sums by day and by
habit, so that the time to sum up sessions depends on the number of days, not of sessions.

A statement ends at a semicolon followed by a line break; the semicolons inside a trigger are followed by a space.
"""

_LATEST = """(SELECT value FROM revision WHERE session_id = session.id AND field = '{}'
    ORDER BY at_ms DESC, id DESC LIMIT 1)"""
_REVISE = f"""UPDATE session SET deleted = coalesce({_LATEST.format("deleted")}, 0),
    note = {_LATEST.format("note")},
    comfort_before = {_LATEST.format("comfort_before")},
    comfort_after = {_LATEST.format("comfort_after")}
  WHERE id = {{}}; """

_COMPLETED = "(outcome = 'completed' AND source <> 'manual')"
_COMPLETED_BY_HAND = "(outcome = 'completed' AND source = 'manual')"
_NEARLY = "(outcome <> 'completed' AND done_ms * 5 >= planned_ms * 4 AND source <> 'manual')"
_NEARLY_BY_HAND = "(outcome <> 'completed' AND done_ms * 5 >= planned_ms * 4 AND source = 'manual')"
_BY_HAND_MS = "(CASE source WHEN 'manual' THEN done_ms ELSE 0 END)"
_HOUR = "(((started_ms / 1000 + utc_offset_s) / 3600 % 24 + 24) % 24)"


def _of(row: str, expression: str) -> str:
    """Return an expression about a session, applied to the `NEW` or `OLD` row of a trigger."""
    for column in ("outcome", "source", "done_ms", "planned_ms", "started_ms", "utc_offset_s"):
        expression = expression.replace(column, f"{row}.{column}")
    return expression


_DAY_COLUMNS = {
    "sessions": "1",
    "completed": _COMPLETED,
    "completed_by_hand": _COMPLETED_BY_HAND,
    "nearly": _NEARLY,
    "nearly_by_hand": _NEARLY_BY_HAND,
    "done_ms": "done_ms",
    "by_hand_ms": _BY_HAND_MS,
}
_ADD = f"""INSERT INTO day_sum VALUES(NEW.day, {", ".join(_of("NEW", one) for one in _DAY_COLUMNS.values())},
    NEW.utc_offset_s, NEW.utc_offset_s)
  ON CONFLICT(day) DO UPDATE SET {", ".join(f"{name} = {name} + excluded.{name}" for name in _DAY_COLUMNS)},
    least_offset_s = min(least_offset_s, excluded.least_offset_s),
    most_offset_s = max(most_offset_s, excluded.most_offset_s); INSERT INTO habit_sum
    VALUES(NEW.routine, {_of("NEW", _HOUR)}, NEW.title, 1, NEW.done_ms)
  ON CONFLICT(routine, hour) DO UPDATE SET title = excluded.title, sessions = sessions + 1,
    done_ms = done_ms + excluded.done_ms; """
_LESS = ", ".join(f"{name} = {name} - {_of('OLD', one)}" for name, one in _DAY_COLUMNS.items())
_TAKE = f"""UPDATE day_sum SET {_LESS},
    least_offset_s = coalesce((SELECT min(utc_offset_s) FROM session WHERE day = OLD.day AND deleted = 0), 0),
    most_offset_s = coalesce((SELECT max(utc_offset_s) FROM session WHERE day = OLD.day AND deleted = 0), 0)
  WHERE day = OLD.day; DELETE FROM day_sum WHERE day = OLD.day AND sessions = 0; UPDATE habit_sum
    SET sessions = sessions - 1, done_ms = done_ms - OLD.done_ms
  WHERE routine = OLD.routine AND hour = {_of("OLD", _HOUR)}; DELETE FROM habit_sum
  WHERE routine = OLD.routine AND hour = {_of("OLD", _HOUR)} AND sessions = 0; """
_CHANGES = ", ".join(
    f"{name} = {name} + {_of('NEW', one)} - {_of('OLD', one)}"
    for name, one in _DAY_COLUMNS.items()
    if name != "sessions"
)

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
    f"""
CREATE TABLE revision(
  id TEXT PRIMARY KEY CHECK(length(id) = 36),
  session_id TEXT NOT NULL CHECK(length(session_id) = 36),
  at_ms INTEGER NOT NULL,
  device TEXT,
  field TEXT NOT NULL,
  value ANY,
  CHECK(CASE field
    WHEN 'note' THEN value IS NULL OR (typeof(value) = 'text' AND length(value) > 0)
    WHEN 'deleted' THEN typeof(value) = 'integer' AND value IN (0, 1)
    WHEN 'comfort_before' THEN value IS NULL OR (typeof(value) = 'integer' AND value BETWEEN 0 AND 10)
    WHEN 'comfort_after' THEN value IS NULL OR (typeof(value) = 'integer' AND value BETWEEN 0 AND 10)
    ELSE 0 END)
) STRICT;
CREATE INDEX revision_latest ON revision(session_id, field, at_ms, id);
ALTER TABLE session ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0 CHECK(deleted IN (0, 1));
ALTER TABLE session ADD COLUMN note TEXT;
ALTER TABLE session ADD COLUMN comfort_before INTEGER CHECK(comfort_before BETWEEN 0 AND 10);
ALTER TABLE session ADD COLUMN comfort_after INTEGER CHECK(comfort_after BETWEEN 0 AND 10);
CREATE TRIGGER revision_added AFTER INSERT ON revision BEGIN {_REVISE.format("NEW.session_id")}END;
CREATE TRIGGER revision_removed AFTER DELETE ON revision BEGIN {_REVISE.format("OLD.session_id")}END;
CREATE TRIGGER session_revised AFTER INSERT ON session WHEN EXISTS(SELECT 1 FROM revision WHERE session_id = NEW.id)
BEGIN {_REVISE.format("NEW.id")}END;
DROP INDEX session_day;
CREATE INDEX session_day ON session(day);
CREATE INDEX session_deleted ON session(id) WHERE deleted = 1;
CREATE INDEX session_comfort ON session(day) WHERE comfort_before IS NOT NULL OR comfort_after IS NOT NULL;
CREATE TABLE day_sum(
  day TEXT PRIMARY KEY,
  {" INTEGER NOT NULL, ".join(_DAY_COLUMNS)} INTEGER NOT NULL,
  least_offset_s INTEGER NOT NULL,
  most_offset_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE habit_sum(
  routine TEXT NOT NULL,
  hour INTEGER NOT NULL,
  title TEXT NOT NULL,
  sessions INTEGER NOT NULL,
  done_ms INTEGER NOT NULL,
  PRIMARY KEY(routine, hour)
) STRICT, WITHOUT ROWID;
INSERT INTO day_sum SELECT day, {", ".join(f"sum({one})" for one in _DAY_COLUMNS.values())},
  min(utc_offset_s), max(utc_offset_s) FROM session GROUP BY day;
INSERT INTO habit_sum SELECT routine, {_HOUR}, max(title), count(*), sum(done_ms) FROM session GROUP BY 1, 2;
CREATE TRIGGER session_added AFTER INSERT ON session WHEN NEW.deleted = 0 BEGIN {_ADD}END;
CREATE TRIGGER session_removed AFTER DELETE ON session WHEN OLD.deleted = 0 BEGIN {_TAKE}END;
CREATE TRIGGER session_hidden AFTER UPDATE OF deleted ON session WHEN NEW.deleted > OLD.deleted BEGIN {_TAKE}END;
CREATE TRIGGER session_shown AFTER UPDATE OF deleted ON session WHEN NEW.deleted < OLD.deleted BEGIN {_ADD}END;
CREATE TRIGGER session_advanced AFTER UPDATE OF done_ms, planned_ms, outcome ON session
WHEN NEW.deleted = 0 AND OLD.deleted = 0
BEGIN UPDATE day_sum SET {_CHANGES} WHERE day = NEW.day; UPDATE habit_sum
  SET done_ms = done_ms + NEW.done_ms - OLD.done_ms WHERE routine = NEW.routine AND hour = {_of("NEW", _HOUR)}; END;
CREATE TABLE plan_change(
  id TEXT PRIMARY KEY CHECK(length(id) = 36),
  at_ms INTEGER NOT NULL,
  device TEXT,
  from_day TEXT NOT NULL CHECK(from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  days TEXT CHECK(days <> ''),
  per_day INTEGER CHECK(per_day BETWEEN 1 AND 24),
  CHECK((days IS NULL) = (per_day IS NULL))
) STRICT;
INSERT INTO plan_change SELECT '00000000-0000-7000-8000-0000' || replace(from_day, '-', ''), 0, NULL, from_day,
  days, per_day FROM plan;
DROP TABLE plan;
""",
    """
CREATE TABLE prompt(
  id TEXT NOT NULL CHECK(length(id) = 36),
  asking INTEGER NOT NULL CHECK(asking >= 0),
  answered_ms INTEGER NOT NULL,
  utc_offset_s INTEGER NOT NULL CHECK(utc_offset_s BETWEEN -50400 AND 50400),
  day TEXT NOT NULL CHECK(day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  rule TEXT NOT NULL,
  routine TEXT NOT NULL,
  answer TEXT NOT NULL CHECK(answer IN ('started', 'snoozed', 'skipped', 'missed', 'natural')),
  PRIMARY KEY(id, asking, answer)
) STRICT, WITHOUT ROWID;
CREATE INDEX prompt_day ON prompt(day, rule, answer);
""",
    """
CREATE TABLE dose_choice(
  id TEXT PRIMARY KEY CHECK(length(id) = 36),
  at_ms INTEGER NOT NULL,
  device TEXT,
  day TEXT NOT NULL CHECK(day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  exercise TEXT NOT NULL,
  steps INTEGER NOT NULL CHECK(steps BETWEEN -1 AND 3),
  accepted INTEGER NOT NULL CHECK(accepted IN (0, 1))
) STRICT;
CREATE TABLE program_change(
  id TEXT PRIMARY KEY CHECK(length(id) = 36),
  at_ms INTEGER NOT NULL,
  device TEXT,
  from_day TEXT NOT NULL CHECK(from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  program TEXT CHECK(program <> ''),
  days TEXT CHECK(days <> ''),
  weekdays TEXT CHECK(weekdays <> ''),
  CHECK((program IS NULL) = (days IS NULL) AND (program IS NULL) = (weekdays IS NULL))
) STRICT;
""",
)
