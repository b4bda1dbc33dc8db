public import Foundation
public import PeciaAudio
public import PeciaCore
import PeciaStore
import PeciaStyle
import Synchronization

/// What the player needs of a project: clips with their sound, the guide, and what is done with
/// texts.
///
/// Every call may come from any thread, and reads or writes the project's files.
public final class PlayerDesk: Sendable {
  let project: Project
  let guide: Guide
  let worker: String
  /// Whether disputed clips are decided, rather than open ones transcribed.
  private let reviews: Bool
  private let claims: Mutex<PlayerClaims>
  private let names = Mutex(KnownNames())
  /// The dictionary of a language, read when it is first wanted.
  private let dictionary = Mutex<(language: String, words: SpellingDictionary?)?>(nil)
  /// Why the guide has each rule, by the rule's id.
  public let reasons: [String: String]

  /// What became of a text.
  public enum Outcome: Hashable, Sendable {
    case accepted
    /// It was taken, but does not seem to fit its sound.
    case doubted(String)
    case refused([Finding])
    case kept(reason: String)

    /// What the sound says against a text that was taken; nil for nothing.
    public var doubt: String? {
      if case .doubted(let doubt) = self { doubt } else { nil }
    }
  }

  /// Opens the project for `worker`, who decides what is disputed if they review.
  public init(opening path: String, worker: String, reviews: Bool = false) throws {
    self.reviews = reviews
    project = try Project(opening: path)
    self.worker = try ProjectStore.checked(worker: worker)
    if let pack = project.pack, !reviews, self.worker != pack.worker {
      throw ProjectError.packOfAnother(worker: pack.worker)
    }
    guide = try project.guide()
    reasons = Dictionary(
      guide.rules.map { ($0.id, $0.reason) } + [(KnownNames.rule, KnownNames.reason)]
    ) { first, _ in first }
    claims = Mutex(PlayerClaims(project: project.store.folder.path))
  }

  // MARK: Clips

  /// The next clip for the worker: first what they hold and no other player of theirs works on,
  /// then a new one; nil when none is left.
  public func next(at now: Date, excluding: Set<String>) throws -> PlayerTask? {
    if reviews { return try nextDispute(excluding: excluding, at: now) }
    for lease in try project.store.leases(heldBy: worker, at: now)
    where !excluding.contains(lease.clip.address) && claims.withLock({ $0.take(lease.token) }) {
      return try task(of: lease)
    }
    guard let leased = try project.claim(by: worker, at: now, excluding: excluding) else {
      return nil
    }
    _ = claims.withLock { $0.take(leased.lease.token) }
    return try task(of: leased.lease)
  }

  func task(of lease: Lease) throws -> PlayerTask {
    let store = project.store
    let clips = try store.clips(of: lease.clip.recording)
    let number = lease.clip.number
    let before = clips.first { $0.number == number - 1 }?.range.upperBound
    let behind = clips.first { $0.number == number + 1 }?.range.lowerBound
    let range = lease.clip.range
    return PlayerTask(
      lease: lease, clips: project.pack == nil ? clips.count : 0,
      sharedBefore: max((before ?? range.lowerBound) - range.lowerBound, 0),
      sharedAfter: max(range.upperBound - (behind ?? range.upperBound), 0),
      language: try store.recording(named: lease.clip.recording)?.language ?? "",
      style: guide.name, machineDraft: try store.machineDraft(of: lease.clip),
      text: lease.draft ?? "")
  }

  /// The clip's sound, as it was cut.
  public func sound(of clip: Clip) throws -> Sound {
    try readSound(try project.audio(of: clip).path)
  }

  /// The words and the speakers of the recording's texts and of the guide.
  ///
  /// From now on findings know the names among them.
  public func words(of task: PlayerTask) throws -> KnownWords {
    var counts: [String: Int] = [:]
    var labels: [(rank: (Int, Int, Int), name: String)] = []
    let texts = try project.store.submissions(of: task.lease.clip.recording).suffix(5000)
    let known = KnownNames(
      listed: guide.names, texts: texts.map(\.text), dictionary: words(in: task.language))
    names.withLock { $0 = known }
    for name in guide.names { counts[name] = 1 }
    for text in texts {
      for piece in MarkedText(text.text).pieces {
        switch piece.kind {
        case .word:
          let word = piece.text.trimmingWord
          if word.count > 2 { counts[word, default: 0] += 1 }
        case .label(let name):
          counts[name, default: 0] += 1
          labels.append(((text.worker == worker ? 0 : 1, text.clip, labels.count), name))
        case .tag, .mark: break
        }
      }
    }
    labels.sort { $0.rank < $1.rank }
    var seen: Set<String> = []
    return KnownWords(
      words: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key),
      speakers: (guide.speakers + labels.map(\.name)).filter { seen.insert($0).inserted })
  }

  /// The worker's texts that count, the newest first.
  public func earlier() throws -> [EarlierClip] {
    guard !reviews else { return [] }
    return try project.store.texts(of: worker, limit: 50).map { own in
      var task = try task(of: own.lease)
      task.text = own.text
      return EarlierClip(task: task, canChange: own.canChange)
    }
  }

  /// What the worker handed in between two times.
  public func totals(since start: Date, until end: Date) throws -> WorkTotals {
    var totals = WorkTotals()
    for own in try project.store.texts(of: worker, limit: 1000)
    where own.submitted >= start && own.submitted < end {
      totals.clips += 1
      totals.words += own.text.split(whereSeparator: \.isWhitespace).count
      totals.milliseconds += own.lease.clip.range.milliseconds
    }
    return totals
  }

  // MARK: Texts

  /// What the guide finds, and names that are spelled otherwise than the project spells them.
  public func findings(in text: String, of task: PlayerTask) throws -> [Finding] {
    let found = guide.findings(in: text, as: try project.kind(of: task.lease.clip))
    let misspelt = names.withLock { $0 }.findings(in: text)
    guard !misspelt.isEmpty else { return found }
    return (found + misspelt).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Whether a language has a word; nil where the system has no dictionary of it.
  private func words(in language: String) -> KnownNames.Dictionary? {
    let found = dictionary.withLock { kept in
      if let kept, kept.language == language { return kept.words }
      let words = SpellingDictionary.found(language: language)
      kept = (language, words)
      return words
    }
    guard let found else { return nil }
    return { found.knows($0) }
  }

  /// The text with all that is safe to mend mended.
  public func fixed(_ text: String, of task: PlayerTask) throws -> String {
    guide.fixed(text, as: try project.kind(of: task.lease.clip))
  }

  /// Keeps the text as a draft, also when the lease has run out.
  ///
  /// `heard`: how many milliseconds the sound has played since the last report; so below.
  public func keep(_ text: String, of task: PlayerTask, at now: Date, heard: Int = 0) throws {
    if reviews {
      try project.store.saveReview(text, for: task.lease.clip, by: worker, at: now)
    } else {
      try project.draft(text, lease: task.lease.token, at: now, heard: heard)
    }
  }

  /// Notes how long the sound has played since the last report, where no text goes with it.
  public func noteHeard(_ heard: Int, of task: PlayerTask) throws {
    guard !reviews else { return }
    try project.store.noteHeard(heard, lease: task.lease.token)
  }

  public func renew(_ lease: String, at now: Date) throws -> Date {
    reviews ? .distantFuture : try project.renew(lease, at: now)
  }

  public func release(
    _ lease: String, reason: ReleaseReason?, at now: Date, heard: Int = 0
  ) throws {
    guard !reviews else { return }
    try project.release(lease, reason: reason, at: now, heard: heard)
    claims.withLock { $0.letGo(lease) }
  }

  /// Hands in the text, or records it as the reviewer's decision with their reason.
  public func handIn(
    _ text: String, of task: PlayerTask, why: String? = nil, at now: Date, heard: Int = 0
  ) throws -> Outcome {
    if reviews {
      try decide(text, for: task, why: why, at: now)
      return .accepted
    }
    let lease = task.lease.token
    let handedIn = try project.submit(text, lease: lease, at: now, heard: heard)
    if handedIn.isRefused { return .refused(handedIn.findings) }
    claims.withLock { $0.letGo(lease) }
    switch handedIn.outcome {
    case .accepted, .alreadyIn: return handedIn.doubt.map { .doubted($0) } ?? .accepted
    case .keptAsDraft(let reason): return .kept(reason: reason)
    }
  }

  /// Takes a reviewer's decision back.
  public func withdraw(_ task: PlayerTask, at now: Date) throws {
    try decide(nil, for: task, why: nil, at: now)
  }

  /// Puts another text in the place of one that was handed in, if nobody has judged it.
  public func change(_ text: String, of task: PlayerTask, at now: Date) throws -> Outcome {
    let clip = task.lease.clip
    let findings = try project.findings(in: text, of: clip, by: guide)
    guard !findings.contains(where: { $0.level == .error }) else { return .refused(findings) }
    try project.store.change(text, lease: task.lease.token, findings: findings, at: now)
    try project.judge(clip.recording, touching: clip.number, by: guide, at: now)
    return SoundCheck.doubt(in: findings).map { .doubted($0) } ?? .accepted
  }

  /// Lets other players of the worker take up what this one held.
  public func letGo() { claims.withLock { $0.letGo() } }
}

extension Substring {
  /// Without the signs at its ends.
  fileprivate var trimmingWord: String {
    var word = self
    while let first = word.first, !first.isLetter, !first.isNumber { word.removeFirst() }
    while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
    return String(word)
  }
}
