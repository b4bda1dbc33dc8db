import ArgumentParser
import PeciaCore
import PeciaWorkflow

struct ProjectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project", abstract: "Run a project.",
    discussion: """
      add RECORDING…     cut more recordings, as the project's others are
      remove NAME…       take recordings out; what was typed stays in the history
      set                --copies, --copies-max, --agree, --lease, --apart, --style, --language; with \
      --recording NAME: --priority (higher comes first), --language
      pause, resume      stop and start handing out tasks; texts are always taken
      reopen CLIP…       serve a clip (talk/7) again; its texts so far stop counting
      accept CLIP --text TEXT   decide a clip's text
      workers            who did how much
      history [NAME…]    what happened to a clip (talk/7) or by a worker: who, when, how long, how \
      much was heard, what was found, what became of it; without a name the last hundred things
      """)

  enum Action: String, CaseIterable, ExpressibleByArgument {
    case add, remove, set, pause, resume, reopen, accept, workers, history
  }

  @Argument(help: "The project's folder.", completion: .directory) var project: String
  @Argument(help: "What to do.") var action: Action
  @Argument(help: "Recordings, clips or workers, as the action needs.") var names: [String] = []
  @Option(help: "The recording that is set.") var recording: String?
  @Option(help: "Higher numbers are served first.") var priority: Int?
  @Option(help: "How many workers transcribe one clip.") var copies: Int?
  @Option(help: "How many workers a disputed clip may get.") var copiesMax: Int?
  @Option(help: "From 0 to 1: texts that agree this much are agreed.") var agree: Double?
  @Option(help: "How long a lease lasts: 45s, 30m, 12h or 7d.") var lease: Span?
  @Option(help: "prefer or strict: whether a worker may get neighbours of their clips.")
  var apart: String?
  @Option(help: "The style guide: a name or a file.") var style: String?
  @Option(help: "The language, as a code: en.") var language: String?
  @Option(help: "The text that is accepted.") var text: String?
  @Flag(help: "Print one JSON object (workers, history).") var json = false

  func validate() throws {
    try checkLanguage(language)
    if let copies, !(1...100).contains(copies) {
      throw ValidationError("--copies must lie between 1 and 100")
    }
    if let copiesMax, !(1...100).contains(copiesMax) {
      throw ValidationError("--copies-max must lie between 1 and 100")
    }
    if let agree, !(0...1).contains(agree) {
      throw ValidationError("--agree must lie between 0 and 1")
    }
    if let apart, !ProjectChange.isApart(apart) {
      throw ValidationError("--apart must be prefer or strict")
    }
    let needsNames = [Action.add, .remove, .reopen, .accept].contains(action)
    guard names.isEmpty != needsNames || action == .history else {
      throw ValidationError(
        needsNames ? "‘\(action.rawValue)’ needs a name" : "‘\(action.rawValue)’ takes no names")
    }
    if action == .accept, text?.isEmpty ?? true || names.count > 1 {
      throw ValidationError("‘accept’ needs one clip and --text (‘[silence]’ for none)")
    }
    if priority != nil, recording == nil {
      throw ValidationError("--priority needs --recording")
    }
    if action == .set, changesNothing { throw ValidationError("‘set’ needs something to set") }
  }

  private var changesNothing: Bool {
    priority == nil && copies == nil && copiesMax == nil && agree == nil && lease == nil
      && apart == nil && style == nil && language == nil
  }

  func run() async throws {
    let project = try Project(opening: project)
    let now = WallClock.system.now
    switch action {
    case .add: try await add()
    case .remove: try project.remove(names)
    case .set: try project.change(change)
    case .pause: try project.setPaused(true)
    case .resume: try project.setPaused(false)
    case .reopen: for name in names { try project.reopen(name, at: now) }
    case .accept: for name in names { try accept(name, in: project) }
    case .workers:
      let status = try project.status(at: now)
      print(json ? status.workersJSON.text : status.workersPage)
    case .history:
      let history = try project.history(of: names, at: now)
      print(
        json ? history.json.text : history.isEmpty ? "nothing happened yet" : history.page.printable
      )
    }
  }

  private func accept(_ clip: String, in project: Project) throws {
    let findings = try project.accept(text ?? "", for: clip, at: WallClock.system.now)
    // Who decides may decide so; but they are to know it.
    for finding in findings where finding.level == .error {
      report("pecia: \(clip) is decided, and breaks the guide: \(finding.line)")
    }
  }

  private func add() async throws {
    let splitter = Splitter(
      SplitRequest(recordings: names, project: project), warn: { report("pecia: \($0)") })
    let done = try await splitter.run()
    done.entries.forEach { print($0.summary) }
    done.failures.forEach { report("pecia: \($0)") }
    if !done.failures.isEmpty { throw ExitCode(2) }
  }

  private var change: ProjectChange {
    var change = ProjectChange()
    change.recording = recording
    change.priority = priority
    change.copies = copies
    change.copiesMax = copiesMax
    change.agree = agree
    change.leaseSeconds = lease?.seconds
    change.style = style
    change.language = language
    change.setApart(apart)
    return change
  }
}
