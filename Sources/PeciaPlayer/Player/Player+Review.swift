import PeciaCore
import PeciaWorkflow

/// Deciding what is disputed: the same player, with the workers' texts above the reviewer's own.
extension Player {
  /// Finds the disputed places anew if the text has changed.
  mutating func findPlaces() {
    guard placesFound != editor.revision else { return }
    placesFound = editor.revision
    guard let clip, let review = clip.task.review else { return places = [] }
    places = DisputedPlaces(in: editor.text, of: review, length: clip.milliseconds).places
  }

  /// The number of the place at the cursor, else of the next one, else of the last.
  var placeNumber: Int? {
    touchedPlace ?? places.firstIndex { $0.range.lowerBound > cursorOffset }
      ?? places.indices.last
  }

  /// The disputed place that is at hand; nil outside a review, or where nothing differs.
  var placeAtHand: DisputedPlace? { placeNumber.map { places[$0] } }

  private var cursorOffset: Int { editor.offset(of: editor.cursor) }

  private var touchedPlace: Int? {
    let offset = cursorOffset
    return places.firstIndex { $0.range.lowerBound <= offset && offset <= $0.range.upperBound }
  }

  /// Plays the disputed words, with `around` milliseconds on both sides.
  func play(_ place: DisputedPlace, around: Int) -> [Effect] {
    // A word that one worker heard and another did not may have no length in the consensus.
    let around = max(around, (400 - place.time.count) / 2)
    let start = max(place.time.lowerBound - around, 0)
    let end = min(place.time.upperBound + around, clip?.milliseconds ?? 0)
    return [.sound(.playStretch(start..<max(end, start)))]
  }

  /// Goes to a place: its words are selected, so that typing replaces them.
  mutating func go(to place: DisputedPlace) -> [Effect] {
    let start = editor.place(at: place.range.lowerBound)
    if place.hasWords {
      editor.select(start..<editor.place(at: place.range.upperBound))
    } else {
      editor.move(to: start)
    }
    return [.sound(.seek(max(place.time.lowerBound - 2000, 0)))]
  }

  /// Takes what a worker has at the place at hand, as one step; all of it where the whole text is
  /// selected, or nothing differs.
  mutating func take(choice number: Int) {
    guard let review = clip?.task.review else { return }
    let isWhole = editor.selection.map { $0 == .start..<editor.end } ?? false
    guard let place = placeAtHand, !isWhole else {
      guard review.variants.indices.contains(number - 1) else {
        return tell("there is no text \(number)")
      }
      let variant = review.variants[number - 1]
      editor.replace(.start..<editor.end, with: variant.text)
      return tell("the text of \(variant.worker); \(keys.name(of: .undo)) takes it back")
    }
    guard place.choices.indices.contains(number - 1) else {
      return tell("there is no text \(number)")
    }
    let choice = place.choices[number - 1]
    put(choice.text, at: place)
    tell(
      "\(choice.text.isEmpty ? "no words" : "‘\(choice.text)’") as \(choice.name) has it; "
        + "\(keys.name(of: .undo)) takes it back")
  }

  /// Puts words at a place, and a blank with them where they need one.
  private mutating func put(_ text: String, at place: DisputedPlace) {
    var (start, end) = (place.range.lowerBound, place.range.upperBound)
    var text = text
    if !place.hasWords {
      guard !text.isEmpty else { return }
      end = start
      text = start > 0 ? " \(text)" : "\(text) "
    } else if text.isEmpty {
      let before = editor.place(at: start)
      if before.column > 0, editor.lines[before.line][before.column - 1] == " " {
        start -= 1
      } else {
        let behind = editor.place(at: end)
        let line = editor.lines[behind.line]
        if behind.column < line.count, line[behind.column] == " " { end += 1 }
      }
    }
    editor.replace(editor.place(at: start)..<editor.place(at: end), with: text)
    if place.range.lowerBound == 0, !place.hasWords {
      editor.move(to: editor.place(at: text.count - 1))
    }
  }

  mutating func performReview(_ action: Action) -> [Effect] {
    guard clip?.task.review != nil else {
      // When all is decided, the last decision can still be taken back.
      return clip == nil && reviews && !isBusy && action == .previousDispute ? [.withdraw] : []
    }
    switch action {
    case .reason:
      dialog = .reason(Dialog.Prompt("Why is it decided so", why ?? ""))
      return []
    case .playWords: return placeAtHand.map { play($0, around: 0) } ?? []
    case .nextDispute: return nextPlace()
    default: return previousPlace()
    }
  }

  /// To the next place; behind the last one, asked twice, to the next clip.
  private mutating func nextPlace() -> [Effect] {
    let here = touchedPlace.map { places[$0].range.lowerBound } ?? cursorOffset
    if let next = places.first(where: { $0.range.lowerBound > here }) { return go(to: next) }
    guard leavesUndecided == editor.revision else {
      leavesUndecided = editor.revision
      tell(
        "no further place; \(keys.name(of: .handIn)) decides, \(keys.name(of: .nextDispute)) again "
          + "leaves the clip undecided")
      return []
    }
    guard !isBusy else { return [] }
    isBusy = true
    return store() + [.skip]
  }

  /// To the place before; before the first one, back to the decision before this.
  private mutating func previousPlace() -> [Effect] {
    leavesUndecided = nil
    let here = touchedPlace.map { places[$0].range.lowerBound } ?? cursorOffset
    if let before = places.last(where: { $0.range.lowerBound < here }) { return go(to: before) }
    guard !isBusy else { return [] }
    return store() + [.withdraw]
  }
}
