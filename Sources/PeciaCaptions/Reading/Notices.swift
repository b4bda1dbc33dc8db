/// What was damaged in a file, each kind once with its first place.
struct Notices {
  private var found: [(what: String, line: Int, count: Int)] = []

  mutating func note(_ what: String, _ line: Int) {
    if let index = found.firstIndex(where: { $0.what == what }) {
      found[index].count += 1
    } else {
      found.append((what, line, 1))
    }
  }

  func sentences(_ file: String) -> [String] {
    found.map { notice in
      "\(file):\(notice.line): \(notice.what)"
        + (notice.count > 1 ? " (and \(notice.count - 1) more times)" : "")
    }
  }
}
