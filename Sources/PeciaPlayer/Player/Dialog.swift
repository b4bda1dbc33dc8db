import PeciaCore

/// What stands over the text and takes the keys.
enum Dialog: Equatable, Sendable {
  case help(top: Int)
  case find(Prompt)
  /// First what to find, then what to put there.
  case replace(find: String?, Prompt)
  case goTo(Prompt)
  case reason(Prompt)
  case giveBack
  case complete(Completion)
  case compare(top: Int)
  case rest(Summary)
  /// The text could not be stored: leave all the same?
  case leaveUnsaved

  /// A line that is asked for.
  struct Prompt: Equatable, Sendable {
    var question: String
    var editor: Editor
    init(_ question: String, _ text: String = "") {
      self.question = question
      editor = Editor(text)
      editor.select(.start..<editor.end)
    }
  }

  struct Completion: Equatable, Sendable {
    var words: [String]
    var chosen = 0
    /// The beginning that is being completed.
    var range: Range<Place>
  }

  /// What a round came to.
  struct Summary: Equatable, Sendable {
    var number: Int
    var clips: Int
    var words: Int
    var milliseconds: Int
    var findings: Int
    var wordsPerMinute: Int?
  }
}

extension ReleaseReason {
  /// What the worker reads.
  var title: String {
    switch self {
    case .inaudible: "too hard to hear"
    case .noSpeech: "nobody speaks"
    case .wrongLanguage: "another language"
    case .distressing: "distressing"
    case .other: "something else"
    }
  }
}
