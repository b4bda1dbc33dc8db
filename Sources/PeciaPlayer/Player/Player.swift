import PeciaCore
import PeciaWorkflow

/// The player as a value: what is typed, heard and shown.
///
/// `update` takes what happened and gives what is to be done; it does nothing itself. Times are
/// milliseconds on a clock that never jumps, whose start does not matter.
struct Player: Equatable, Sendable {
  var keys: KeyMap
  var settings: Settings
  var worker: String
  var columns = 80
  var rows = 24
  var now = 0

  /// The clip at hand; nil before the first and when none is left.
  var clip: ClipAtHand?
  var editor = Editor()
  var layout = TextLayout(columns: 78)
  /// The words of the text, counted when it changes.
  private(set) var words = 0
  private var wordsCounted = -1
  /// The first row of the text that is shown.
  var top = 0

  /// What the guide finds, also in the blank that is just being typed.
  var allFindings: [Finding] = []
  /// Why the guide has a rule, by the rule's id.
  var reasons: [String: String] = [:]
  var lexicon = Lexicon()
  var transport = Transport()

  var dialog: Dialog?
  /// The first key of two, while the second is awaited.
  var prefix: Key?
  var notice: Notice?
  var isBusy = false
  var isLeaving = false
  var reportsReleases = false
  var theme: Theme

  var drafts = Drafts()
  var pace = Pace()
  /// What this worker has handed in today, before this session.
  var today = WorkTotals()
  /// What was handed in in this session, and in this round.
  var session = WorkTotals()
  /// What each clip of this session brought, the last one last.
  var counted: [WorkTotals] = []
  var round: Round?
  var lastNeedle = ""
  /// Whether the text is another one, rather than the same one changed.
  var isTextNew = false
  var earlier = Earlier()
  /// In a review: where the texts differ from the reviewer's, and why it is decided so.
  var places: [DisputedPlace] = []
  var placesFound = -1
  var why: String?
  /// Whether disputed clips are decided, as the first one showed.
  var reviews = false
  /// The revision at which the clip is left undecided when the next place is asked for again.
  var leavesUndecided: Int?

  init(
    keys: KeyMap = .standard, settings: Settings = Settings(), worker: String,
    theme: Theme = .dark
  ) {
    self.keys = keys
    self.settings = settings
    self.worker = worker
    self.theme = theme
    if let minutes = settings.minutes { round = Round(minutes: minutes) }
  }

  /// Counts the words anew if the text has changed.
  mutating func countWords() {
    guard wordsCounted != editor.revision else { return }
    wordsCounted = editor.revision
    words = editor.wordCount
  }
}

extension Player {
  /// What a person may set when the player starts.
  struct Settings: Equatable, Sendable {
    /// Milliseconds that a pause steps back.
    var stepBack = 1500
    var cycle = Playback.Cycle()
    /// The length of a round; nil works without rounds.
    var minutes: Int?
  }

  struct ClipAtHand: Equatable, Sendable {
    var task: PlayerTask
    var waveform: Waveform
    /// Where somebody speaks, in milliseconds of the clip.
    var speech: [Range<Int>] = []
    /// The length of its sound.
    var milliseconds: Int
    var channels: Int
    /// When the lease ends, on the player's clock.
    var leaseEnds: Int
    /// False for an earlier clip that has been judged: it can only be looked at.
    var canChange = true
    /// Whether it was handed in before.
    var isEarlier = false

    /// Whether somebody speaks between two times of the clip.
    func isSpeech(from start: Int, to end: Int) -> Bool {
      speech.contains { $0.lowerBound < max(end, start + 1) && start < $0.upperBound }
    }
  }

  struct Transport: Equatable, Sendable {
    var position = 0
    var isPlaying = false
    var speed = 1.0
    var decibels = 0.0
    var channels = Channels.all
    /// Where a loop shall begin, until its end is said.
    var loopStart: Int?
    var loop: Range<Int>?
    var isCycling = false
    /// Until when the pedal counts as held; nil while it is not.
    var heldUntil: Int?
  }

  struct Notice: Equatable, Sendable {
    enum Kind: Sendable { case note, good, fault }
    var text: String
    var kind: Kind
    var until: Int
  }

  /// Which text is on the disk.
  struct Drafts: Equatable, Sendable {
    /// The revision that is stored, or is being stored.
    var sent = 0
    var stored = 0
    /// When the text must be stored at the latest; nil where nothing changed.
    var due: Int?
    var checkDue: Int?
    var checked = -1
    var hasFailed = false
  }

  /// How fast the worker types: only the time in which they work counts.
  struct Pace: Equatable, Sendable {
    var characters = 0
    var milliseconds = 0
    var lastKey: Int?
    /// Milliseconds worked in the whole session.
    var worked = 0

    /// Words of five characters a minute; nil before there is something to go by.
    var wordsPerMinute: Int? {
      milliseconds < 5000 ? nil : characters * 12_000 / milliseconds
    }

    mutating func typed(_ count: Int, at now: Int) {
      active(at: now)
      characters += count
    }
    /// Pauses of more than five seconds are none of the work.
    mutating func active(at now: Int) {
      if let lastKey {
        milliseconds += min(now - lastKey, 5000)
        worked += min(now - lastKey, 5000)
      }
      lastKey = now
    }
    mutating func beginClip() {
      characters = 0
      milliseconds = 0
    }
  }

  /// A stretch of work with a pause behind it.
  struct Round: Equatable, Sendable {
    var minutes: Int
    var began: Int?
    var number = 1
    var done = WorkTotals()
    var findings = 0
    /// A little more than the round before.
    var goal = 0
  }

  /// Clips that were handed in, the newest first, and which of them is shown.
  struct Earlier: Equatable, Sendable {
    var clips: [EarlierClip] = []
    /// Nil shows the open clip.
    var shown: Int?
    /// The open clip and its text, while an earlier one is shown.
    var open: ClipAtHand?
    var openText: Editor?
  }
}

extension Player {
  /// What happened.
  enum Event: Equatable, Sendable {
    case input(Input)
    case resized(columns: Int, rows: Int)
    /// Time has gone on, and nothing else.
    case tick
    case sound(Speaker.Report)
    case began(ClipAtHand)
    case nothingLeft
    case checked([Finding], reasons: [String: String], revision: Int)
    case fixed(String, revision: Int)
    case stored(revision: Int)
    case renewed(until: Int)
    case handedIn(HandedIn)
    case released
    /// The last decision was taken back; its clip begins again.
    case withdrawn
    case lexicon(Lexicon)
    case totals(WorkTotals)
    case earlier([EarlierClip])
    case failed(String, of: Effect.Kind)
    /// A signal asks the player to end.
    case told
  }

  /// What became of a text that was handed in.
  enum HandedIn: Equatable, Sendable {
    case accepted
    /// It was taken, but does not seem to fit its sound.
    case doubted(String)
    case refused([Finding])
    case kept(reason: String)
  }

  /// What is to be done.
  enum Effect: Equatable, Sendable {
    enum Kind: Equatable, Sendable { case store, handIn, release, next, other }
    case sound(Speaker.Order)
    case check(String, revision: Int)
    case fix(String, revision: Int)
    case store(String, revision: Int)
    case handIn(String)
    /// Record a reviewer's decision.
    case decide(String, why: String?)
    /// Take the last decision back, and show its clip again.
    case withdraw
    /// Leave this clip undecided, and go on to the next.
    case skip
    case release(ReleaseReason)
    /// Begin the next clip.
    case next
    /// Make the next clip ready while this one is worked on.
    case fetchAhead
    case listEarlier
    case showEarlier(EarlierClip)
    /// Sound and place of the open clip are wanted again.
    case reload
    case copy(String)
    case redraw
    case exit
  }
}
