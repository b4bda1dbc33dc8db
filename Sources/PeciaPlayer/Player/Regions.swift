/// Which rows of the screen are for what.
struct Regions: Equatable, Sendable {
  var wave: Range<Int>
  var ruler: Int
  var transport: Int
  var text: Range<Int>
  var findings: Range<Int>
  var keys: Int
  /// Columns that a row of the text may take.
  var textColumns: Int
  /// In a review: the workers' texts, above the reviewer's own.
  ///
  /// Else empty.
  var variants: Range<Int>

  /// Parts a screen; `texts` is how many workers' texts stand above the reviewer's.
  init(columns: Int, rows: Int, texts: Int = 0) {
    let high =
      switch rows {
      case ..<14: 1
      case ..<20: 2
      case ..<30: 3
      case ..<45: 5
      default: 7
      }
    wave = 1..<(1 + high)
    ruler = wave.upperBound
    transport = ruler + 1
    keys = max(rows - 1, transport + 3)
    let below = min(max(high, 2), 4)
    let textEnd = max(keys - below - 1, transport + 3)
    let room = max(textEnd - transport - 2, 1)
    let shared = texts == 0 ? 0 : min(texts + 1, max(room - 3, 0))
    variants = (transport + 2)..<(transport + 2 + shared)
    text = variants.upperBound..<textEnd
    findings = min(textEnd + 1, keys)..<keys
    textColumns = min(max(columns - 2, 10), 100)
  }
}

extension Player {
  var regions: Regions {
    let texts = clip?.task.review?.variants.count ?? 0
    // As many rows as the place with most choices needs, so that the text does not jump.
    return Regions(
      columns: columns, rows: rows, texts: max(texts, places.map(\.choices.count).max() ?? 0))
  }

  /// Keeps the layout true and the cursor in sight.
  mutating func arrange() {
    let regions = regions
    countWords()
    findPlaces()
    layout.update(editor.lines, columns: regions.textColumns)
    let row = layout.position(of: editor.cursor).row
    let height = max(regions.text.count, 1)
    if row < top { top = row }
    if row >= top + height { top = row - height + 1 }
    top = max(min(top, layout.count - height), 0)
  }
}
