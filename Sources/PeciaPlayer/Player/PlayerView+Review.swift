import PeciaCore
import PeciaWorkflow

extension PlayerView {
  /// What may stand at the place at hand, a row each, with the words around it.
  mutating func drawVariants() {
    guard let review = player.clip?.task.review, !regions.variants.isEmpty else { return }
    let rows = regions.variants.dropLast()
    let number = player.placeNumber
    let choices = number.map { player.places[$0].choices } ?? []
    let widest = choices.map { min($0.text.columns, (player.columns - 16) / 2) }.max() ?? 0
    for (index, row) in rows.enumerated() {
      guard index < max(choices.count, review.variants.count) else { break }
      let name = index < choices.count ? choices[index].name : review.variants[index].worker
      let start = screen.put(
        " \("\(index + 1) \(name) ".fitted(to: 14))", Look(.key, .bold), row: row, column: 0)
      let text = review.variants.indices.contains(index) ? review.variants[index].text : ""
      guard index < choices.count, let number else {
        screen.put(
          String(Self.oneLine(Array(text)).prefix(player.columns)), row: row, column: start)
        continue
      }
      draw(choices[index], of: index, at: number, in: text, row: row, from: start, widest: widest)
    }
    screen.fill("┄", .faint, row: regions.variants.upperBound - 1)
  }

  /// One row: the words before, those at the place (reversed), and those behind.
  ///
  /// In all rows the place begins in the same column, so that the texts can be compared.
  private mutating func draw(
    _ choice: DisputedPlace.Choice, of index: Int, at number: Int, in text: String, row: Int,
    from start: Int, widest: Int
  ) {
    let room = player.columns - start - 1
    let middle = start + max(min((room - widest) / 2, 40), 0)
    guard let range = choice.range else {
      screen.put(choice.text, Look(.warning, [.bold, .reversed]), row: row, column: middle)
      return
    }
    let characters = Self.oneLine(Array(text))
    let marks = Set(
      player.places.indices.flatMap { other -> [Int] in
        guard other != number, player.places[other].choices.indices.contains(index),
          !player.places[other].choices[index].text.isEmpty
        else { return [] }
        return Array(player.places[other].choices[index].range ?? 0..<0)
      })
    func look(_ place: Int) -> Look { marks.contains(place) ? Look(.warning, .underlined) : .plain }
    // What stands before, from the right end of its room to the left.
    var column = middle - 1
    var place = range.lowerBound - 1
    while place >= 0, characters[place] == " " { place -= 1 }
    while place >= 0 {
      let width = characters[place].shownColumns
      guard column - width >= start + (place > 0 ? 1 : 0) else {
        screen.put("…", .faint, row: row, column: start)
        break
      }
      column -= width
      screen.put(characters[place], look(place), row: row, column: column)
      place -= 1
    }
    column = middle
    if choice.text.isEmpty {
      column = screen.put("∅", Look(.warning, .reversed), row: row, column: column)
    } else {
      for place in range {
        column += screen.put(
          characters[place], Look(.warning, [.bold, .reversed]), row: row, column: column)
      }
    }
    column += 1
    place = range.upperBound
    while place < characters.count, characters[place] == " " { place += 1 }
    while place < characters.count, column < player.columns {
      column += max(
        screen.put(characters[place], look(place), row: row, column: column), 1)
      place += 1
    }
    if place < characters.count {
      screen.put("…", .faint, row: row, column: player.columns - 1)
    }
  }

  private static func oneLine(_ characters: [Character]) -> [Character] {
    characters.map { $0.isNewline ? " " : $0 }
  }

  /// The places of the reviewer's own text that are disputed, for the rows that are shown.
  var disputedMarks: Set<Place> {
    var marks: Set<Place> = []
    for place in player.places where place.hasWords {
      var here = player.editor.place(at: place.range.lowerBound)
      for _ in place.range {
        marks.insert(here)
        here = player.editor.right(of: here)
      }
    }
    return marks
  }
}
