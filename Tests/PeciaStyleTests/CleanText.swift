import PeciaCore
import PeciaStyle

/// Text that keeps a guide, made by a small grammar: the same seed, the same text.
struct CleanText {
  let guide: String
  private var random: SplitMix64

  init(guide: String, seed: UInt64) {
    self.guide = guide
    random = SplitMix64(seed: seed)
  }

  var kind: TextKind { guide == "captions" ? .captions : .transcript() }

  private static let words: [String: [String]] = [
    "n": [
      "river", "house", "teacher", "market", "boat", "winter", "letter", "bridge", "horse",
      "garden", "kitchen", "train", "ladder", "window", "doctor", "village", "piano", "lamp",
    ],
    "v": [
      "crossed", "painted", "remembered", "lost", "found", "followed", "carried", "watched", "sold",
      "mended", "forgot", "noticed", "bought", "left", "kept",
    ],
    "a": [
      "old", "narrow", "quiet", "long", "early", "bright", "heavy", "small", "broken", "cold",
      "empty", "yellow", "famous",
    ],
    "p": ["behind", "near", "under", "beside", "above", "before", "after"],
    "w": ["My brother", "The neighbour", "His aunt", "A friend", "Our captain"],
  ]

  private static let common = [
    "The {a} {n} {v} the {n} {p} the {n}.",
    "I don't know why we {v} the {n}, but it's gone.",
    "Did you see the {n} {p} the {n}?",
    "{w} said that the {n} was {a}, and I believed it.",
    "Well, yes, we {v} it long before the {n} came.",
    "What a {a} {n} that was!",
    "My mother's {n} was very, very {a}.",
    "We hadn't thought of the {n}, so {w} {v} it.",
    "That was the {a} part of it, wasn't it?",
    "I had had a {n} like that once.",
    "No, no, {w} {v} the {a} one.",
    "So-so, I said, and {v} the {n}.",
  ]
  private static let own: [String: [String]] = [
    "base": [
      "He said \"no\" and {v} it.", "Mr. Lee {v} the {n} at 3:15.", "It cost 10,000 of them.",
    ],
    "clean-verbatim": [
      "We had three dogs and 14 cats.", "It cost $5 at 3:15 on May 5.", "Twelve people {v} it.",
      "About 10,000 people {v} the {n}.", "[laughter] Yes, that was it.", "She—well, she {v} it.",
      "I said, \"No, thank you,\" and left.", "It's okay, all right.", "I like it, you know that.",
      "Mrs. Fox was kind of happy with 5% of it.", "It was [Meyer?] who {v} it.",
      "Uh-huh, I see the {n}.", "The bye-bye was {a}.",
    ],
    "full-verbatim": [
      "I, um, {v} the {n}.", "Um, yes.", "I w-w-want it.", "I was-- I am {a}.",
      "It was the, the {n}.", "[laughs] Yes.", "[pause 4s] So we {v} it.", "Uh-huh, I see.",
      "I'm gonna find two or three of them.", "// Yes // he said.", "It was [Meyer?] who {v} it.",
    ],
    "oral-history": [
      "I was there forty-five years.", "I—well, I {v} it.", "He [Joe] {v} it.",
      "Uh-huh [affirmative].", "That was World War II, et cetera.", "In 1945 we {v} the {n}.",
      "Okay, all right.", "[laughs] Yes.", "He said \"yes\" and didn't mind.",
    ],
    "legal": [
      "Um, yes, Your Honor.", "I was -- I am sure.", "It is Exhibit 4.", "My counsel {v} it.",
      "It was $1,000 on March 5.", "Uh-huh.", "That is S-M-I-T-H.", "(Witness nods.)",
      "(inaudible) I said.", "It was the, the {n}.",
    ],
    "interview-research": [
      "Um, yes.", "(laughs) Yes.", "(3s) So we {v} it.", "[colleague] {v} it.",
      "The ?bank? was {a}.", "Okay, so I'm gonna {v} it.", "It was the, the {n}.",
    ],
    "speech-data": ["Um yes.", "[noise] yes, I {v} it.", "It was five percent of the {n}."],
    "plain": ["gonna be 3 of them & um", "NO END (at all) -- … \"", "Ok [Whatever It Is]"],
  ]
  private static let short = [
    "The {a} {n} {v} it.", "Did you see the {n}?", "What a {a} {n}!", "We {v} the {n}.",
    "[door slams]", "[Ann] That's the {n}.", "♪ The {n} was {a} ♪", "It's OK, all right.",
    "Wait…", "I was-- no, I {v} it.", "Ten of them {v} it.", "We found 14 of them.",
    "It was with Ann Lee.", "Mr. Fox {v} it.", "He saw\nthe {a} {n}.",
    "We waited\nfor the {a} {n}.",
    "-Did you see it?\n-I saw the {n}.",
  ]

  private mutating func pick(_ list: [String]) -> String {
    list.randomElement(using: &random) ?? ""
  }

  /// `template` with words in its places.
  mutating func filled(_ template: String) -> String {
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      text += rest[..<open]
      rest = rest[open...].dropFirst()
      let key = String(rest.prefix { $0 != "}" })
      rest = rest.dropFirst(key.count + 1)
      let word = pick(Self.words[key] ?? [])
      let opens = text.isEmpty || text.hasSuffix(". ")
      text += key == "w" && !opens ? word.prefix(1).lowercased() + word.dropFirst() : word
    }
    return text + rest
  }

  mutating func sentence() -> String {
    if guide == "captions" { return filled(pick(Self.short)) }
    let own = Self.own[guide] ?? []
    return filled(Int.random(in: 0..<3, using: &random) == 0 ? pick(own) : pick(Self.common))
  }

  /// What one speaker says in a row, with `middle` among the sentences.
  mutating func turn(around middle: String? = nil) -> String {
    var sentences = (0..<Int.random(in: 1...3, using: &random)).map { _ in sentence() }
    guard guide == "legal", let middle else {
      if let middle { sentences.append(middle) }
      sentences += (0..<Int.random(in: 1...2, using: &random)).map { _ in sentence() }
      return wrapped(sentences.joined(separator: " "))
    }
    return wrapped(sentences.joined(separator: " ")) + "\n" + middle
  }

  /// Court pages have short lines.
  private func wrapped(_ text: String) -> String {
    guard guide == "legal" else { return text }
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count > 55 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.joined(separator: "\n")
  }

  private var labels: [String] {
    switch guide {
    case "oral-history": ["FOX: ", "LEE: "]
    case "legal": ["Q. ", "A. "]
    case "interview-research": ["I: ", "P1: "]
    case "plain", "speech-data": ["", ""]
    default: ["Ana: ", "Bo Lee: "]
    }
  }
  private var frame: (head: String, end: String) {
    switch guide {
    case "oral-history":
      (
        "Narrator: Ann Lee\nInterviewer: Bo Fox\nDate: May 5, 2001\nPlace: Rye\n\n",
        "\n[END OF INTERVIEW]\n"
      )
    case "legal": ("DIRECT EXAMINATION\nBY MR. DOE:\n", "\nCERTIFICATE\n")
    case "interview-research":
      ("ID: 12\nDate: May 5\nSite: B\nInterviewer: K\n\n", "\nEND OF INTERVIEW\n")
    default: ("", "")
    }
  }

  /// A text of at least `words` words; `middle` is one sentence, or cue, half-way through.
  mutating func text(words: Int, around middle: String? = nil) -> String {
    if guide == "captions" { return captions(words: words, around: middle) }
    var (text, count, turns) = (frame.head, 0, 0)
    var left = middle
    while count < words || turns % 2 == 1 || left != nil {
      let here = count >= words / 2 ? left : nil
      if here != nil { left = nil }
      let turn = labels[turns % 2] + self.turn(around: here)
      count += turn.split { $0 == " " || $0 == "\n" }.count
      turns += 1
      text += turn + "\n"
      if guide == "interview-research", turns % 8 == 1 {
        let minute = turns / 8
        text += "[00:\(minute < 10 ? "0" : "")\(minute):00]\n"
      }
    }
    return text + frame.end
  }

  private mutating func captions(words: Int, around middle: String?) -> String {
    var (text, count, number, time) = ("", 0, 1, 1000)
    var left = middle
    while count < words || left != nil {
      let payload = count >= words / 2 ? left ?? sentence() : sentence()
      if count >= words / 2 { left = nil }
      let length = min(6500, max(1200, payload.count * 70))
      text += "\(number)\n\(Self.clock(time)) --> \(Self.clock(time + length))\n\(payload)\n\n"
      count += payload.split { $0 == " " || $0 == "\n" }.count
      (number, time) = (number + 1, time + length + 90)
    }
    return text
  }

  private static func clock(_ milliseconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let seconds = milliseconds / 1000
    let rest = String(1000 + milliseconds % 1000).dropFirst()
    return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)),\(rest)"
  }
}
