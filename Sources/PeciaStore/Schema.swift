/// The tables of `project.sqlite`, and the steps that lead to them.
///
/// Steps are only appended: a file holds in `user_version` how many it has taken.
enum Schema {
  /// Marks a project's file (`PeCi`).
  static let projectID = 0x5065_4369
  /// Marks a pack (`PePk`).
  static let packID = 0x5065_506B

  static let steps = [first, history, holders, held]

  /// Finds what happened to a clip, and what a worker did, without reading every event.
  private static let history = """
    CREATE INDEX event_clip ON event(clip);
    CREATE INDEX event_worker ON event(worker);
    """

  /// One index of leases in place of two, and a worker's texts without reading everybody's.
  private static let holders = """
    DROP INDEX lease_worker;
    DROP INDEX lease_clip;
    CREATE INDEX lease_holder ON lease(clip, worker);
    DROP INDEX submission_lease;
    CREATE INDEX submission_worker ON submission(worker, lease);
    """

  /// One index of what is held in place of two: where it ends, and from when it counts.
  private static let held = """
    DROP INDEX lease_expires;
    DROP INDEX lease_renewed;
    CREATE INDEX lease_held ON lease(expires, lasts) WHERE state = 'held';
    """

  /// Times are milliseconds since 1970.
  ///
  /// Generated columns and triggers keep every state and count: no caller can forget one.
  private static let first = """
    CREATE TABLE project (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      uuid TEXT NOT NULL,
      settings TEXT NOT NULL,
      guide TEXT,
      paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))
    ) STRICT;

    CREATE TABLE recording (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      path TEXT NOT NULL,
      duration INTEGER NOT NULL CHECK (duration >= 0),
      sampleRate INTEGER NOT NULL,
      channels INTEGER NOT NULL,
      language TEXT NOT NULL,
      cutting TEXT NOT NULL,
      priority INTEGER NOT NULL DEFAULT 0,
      removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
      clips INTEGER NOT NULL DEFAULT 0,
      openClips INTEGER NOT NULL DEFAULT 0 CHECK (openClips >= 0),
      openings INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX recording_name ON recording(name) WHERE removed = 0;
    CREATE UNIQUE INDEX recording_sha256 ON recording(sha256) WHERE removed = 0;
    CREATE INDEX recording_queue ON recording(priority DESC, id)
      WHERE openClips > 0 AND removed = 0;

    CREATE TABLE gap (
      recording INTEGER NOT NULL REFERENCES recording(id),
      start INTEGER NOT NULL,
      end INTEGER NOT NULL CHECK (end >= start),
      reason TEXT NOT NULL CHECK (reason IN ('silence', 'untranscribed', 'released')),
      PRIMARY KEY (recording, start)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE clip (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      recording INTEGER NOT NULL REFERENCES recording(id),
      number INTEGER NOT NULL CHECK (number > 0),
      start INTEGER NOT NULL CHECK (start >= 0),
      end INTEGER NOT NULL CHECK (end >= start),
      file TEXT NOT NULL,
      speech INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      draft TEXT,
      wanted INTEGER NOT NULL CHECK (wanted > 0),
      held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
      taken INTEGER NOT NULL DEFAULT 0 CHECK (taken >= 0),
      verdict TEXT CHECK (verdict IN ('agreed', 'disputed', 'thin', 'submitted')),
      agreement REAL,
      judged INTEGER,
      accepted TEXT,
      acceptedBy INTEGER REFERENCES worker(id),
      setAside TEXT,
      places INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE WHEN setAside IS NOT NULL OR accepted IS NOT NULL THEN 0
             ELSE max(wanted - taken - held, 0) END) VIRTUAL,
      state TEXT NOT NULL GENERATED ALWAYS AS (
        CASE WHEN setAside IS NOT NULL THEN 'setAside'
             WHEN accepted IS NOT NULL OR verdict IS 'agreed' THEN 'agreed'
             WHEN verdict IS 'disputed' THEN 'disputed'
             WHEN held > 0 THEN 'leased'
             WHEN taken < wanted THEN 'open'
             WHEN verdict IS 'thin' THEN 'thin'
             ELSE 'submitted' END) VIRTUAL,
      UNIQUE (recording, number)
    ) STRICT;
    CREATE INDEX clip_queue ON clip(recording, places, number) WHERE places > 0;

    CREATE TABLE tally (
      recording INTEGER NOT NULL REFERENCES recording(id),
      state TEXT NOT NULL,
      clips INTEGER NOT NULL CHECK (clips >= 0),
      PRIMARY KEY (recording, state)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE worker (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1)),
      submissions INTEGER NOT NULL DEFAULT 0 CHECK (submissions >= 0),
      released INTEGER NOT NULL DEFAULT 0 CHECK (released >= 0)
    ) STRICT;

    CREATE TABLE pack (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      uuid TEXT NOT NULL UNIQUE,
      worker INTEGER NOT NULL REFERENCES worker(id),
      made INTEGER NOT NULL,
      collected INTEGER
    ) STRICT;

    CREATE TABLE lease (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      secret TEXT NOT NULL,
      clip INTEGER NOT NULL REFERENCES clip(id),
      worker INTEGER NOT NULL REFERENCES worker(id),
      taken INTEGER NOT NULL,
      renewed INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      lasts INTEGER NOT NULL,
      state TEXT NOT NULL
        CHECK (state IN ('held', 'submitted', 'released', 'expired', 'reopened')),
      reason TEXT
        CHECK (reason IN ('inaudible', 'no-speech', 'wrong-language', 'distressing', 'other')),
      ended INTEGER,
      heard INTEGER NOT NULL DEFAULT 0,
      pack INTEGER REFERENCES pack(id)
    ) STRICT;
    CREATE INDEX lease_worker ON lease(worker, clip);
    CREATE INDEX lease_clip ON lease(clip);
    CREATE INDEX lease_expires ON lease(expires) WHERE state = 'held';
    CREATE INDEX lease_renewed ON lease(renewed) WHERE state = 'held';

    CREATE TABLE submission (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      lease INTEGER NOT NULL REFERENCES lease(id),
      clip INTEGER NOT NULL REFERENCES clip(id),
      worker INTEGER NOT NULL REFERENCES worker(id),
      text TEXT NOT NULL,
      submitted INTEGER NOT NULL,
      findings TEXT NOT NULL,
      checksum INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('counts', 'kept', 'reopened'))
    ) STRICT;
    CREATE UNIQUE INDEX submission_counts ON submission(clip, worker) WHERE state = 'counts';
    CREATE INDEX submission_lease ON submission(lease);

    CREATE TABLE draft (
      clip INTEGER NOT NULL REFERENCES clip(id),
      worker INTEGER NOT NULL REFERENCES worker(id),
      lease INTEGER REFERENCES lease(id),
      text TEXT NOT NULL,
      checksum INTEGER NOT NULL,
      saved INTEGER NOT NULL,
      PRIMARY KEY (worker, clip)
    ) STRICT;
    CREATE INDEX draft_clip ON draft(clip);

    CREATE TABLE event (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      happened INTEGER NOT NULL,
      kind TEXT NOT NULL,
      worker INTEGER REFERENCES worker(id),
      clip INTEGER REFERENCES clip(id),
      lease INTEGER REFERENCES lease(id),
      text TEXT,
      detail TEXT
    ) STRICT;

    CREATE TABLE stray (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      token TEXT NOT NULL,
      text TEXT NOT NULL,
      received INTEGER NOT NULL,
      UNIQUE (token, text)
    ) STRICT;

    CREATE TABLE round (
      worker INTEGER NOT NULL REFERENCES worker(id),
      recording INTEGER NOT NULL REFERENCES recording(id),
      number INTEGER NOT NULL DEFAULT 0,
      spentApart INTEGER NOT NULL DEFAULT -1,
      spentBeside INTEGER NOT NULL DEFAULT -1,
      spentReturned INTEGER NOT NULL DEFAULT -1,
      PRIMARY KEY (worker, recording)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE origin (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      project TEXT NOT NULL,
      pack TEXT NOT NULL,
      worker TEXT NOT NULL,
      made INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      seal TEXT NOT NULL
    ) STRICT;
    CREATE TABLE carried (
      clip INTEGER PRIMARY KEY REFERENCES clip(id),
      token TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      sound BLOB NOT NULL
    ) STRICT;

    CREATE TRIGGER clip_added AFTER INSERT ON clip BEGIN
      INSERT INTO tally (recording, state, clips) VALUES (NEW.recording, NEW.state, 1)
        ON CONFLICT DO UPDATE SET clips = clips + 1;
      UPDATE recording SET clips = clips + 1, openClips = openClips + (NEW.places > 0),
        openings = openings + (NEW.places > 0) WHERE id = NEW.recording;
    END;
    CREATE TRIGGER clip_state AFTER UPDATE ON clip WHEN NEW.state <> OLD.state BEGIN
      UPDATE tally SET clips = clips - 1 WHERE recording = OLD.recording AND state = OLD.state;
      INSERT INTO tally (recording, state, clips) VALUES (NEW.recording, NEW.state, 1)
        ON CONFLICT DO UPDATE SET clips = clips + 1;
    END;
    CREATE TRIGGER clip_places AFTER UPDATE ON clip
      WHEN NEW.places > OLD.places OR (NEW.places > 0) <> (OLD.places > 0) BEGIN
      UPDATE recording SET openClips = openClips + (NEW.places > 0) - (OLD.places > 0),
        openings = openings + (NEW.places > OLD.places) WHERE id = NEW.recording;
    END;
    CREATE TRIGGER lease_added AFTER INSERT ON lease WHEN NEW.state IN ('held', 'submitted') BEGIN
      UPDATE clip SET held = held + (NEW.state = 'held'), taken = taken + (NEW.state = 'submitted')
        WHERE id = NEW.clip;
      UPDATE worker SET submissions = submissions + 1
        WHERE id = NEW.worker AND NEW.state = 'submitted';
    END;
    CREATE TRIGGER lease_state AFTER UPDATE OF state ON lease WHEN NEW.state <> OLD.state BEGIN
      UPDATE clip SET held = held + (NEW.state = 'held') - (OLD.state = 'held'),
        taken = taken + (NEW.state = 'submitted') - (OLD.state = 'submitted')
        WHERE id = NEW.clip;
      UPDATE worker SET released = released + (NEW.state = 'released') - (OLD.state = 'released'),
        submissions = submissions + (NEW.state = 'submitted') - (OLD.state = 'submitted')
        WHERE id = NEW.worker AND (NEW.state IN ('released', 'submitted')
          OR OLD.state IN ('released', 'submitted'));
    END;
    """
}
