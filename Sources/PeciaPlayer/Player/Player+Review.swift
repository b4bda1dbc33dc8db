import PeciaCore
import PeciaWorkflow

/// Deciding what is disputed: the same player, with the workers' texts above the reviewer's own.
extension Player {
  /// The disputed stretch that is at hand; nil outside a review, or where none has a place.
  var spotAtHand: DisputedSpot? {
    guard let spots = clip?.task.review?.spots, spots.indices.contains(spot) else { return nil }
    return spots[spot]
  }

  /// Plays exactly the disputed words, with two seconds on both sides.
  func play(_ spot: DisputedSpot) -> [Effect] {
    let end = min(spot.end + 2000, clip?.milliseconds ?? spot.end)
    return [.sound(.playStretch(max(spot.start - 2000, 0)..<end))]
  }

  /// Goes to where the disputed words begin.
  func beginSpot() -> [Effect] {
    spotAtHand.map { [.sound(.seek(max($0.start - 2000, 0)))] } ?? []
  }

  /// Takes a worker's text for the reviewer's own, as one step.
  mutating func take(variant number: Int) {
    guard let variants = clip?.task.review?.variants, variants.indices.contains(number - 1) else {
      tell("there is no text \(number)")
      return
    }
    let variant = variants[number - 1]
    editor.replace(.start..<editor.end, with: variant.text)
    tell("the text of \(variant.worker); \(keys.name(of: .undo)) takes it back")
  }

  mutating func performReview(_ action: Action) -> [Effect] {
    guard let review = clip?.task.review else { return [] }
    switch action {
    case .reason:
      dialog = .reason(Dialog.Prompt("Why is it decided so", why ?? ""))
      return []
    case .nextDispute:
      if spot + 1 < review.spots.count {
        spot += 1
        return beginSpot()
      }
      guard !isBusy else { return [] }
      isBusy = true
      return store() + [.skip]
    default:
      if spot > 0 {
        spot -= 1
        return beginSpot()
      }
      guard !isBusy else { return [] }
      return store() + [.withdraw]
    }
  }
}
