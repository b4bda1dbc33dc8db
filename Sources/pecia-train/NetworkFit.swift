import Foundation
import PeciaAudio
import PeciaCore

/// A network of one hidden layer of 16 units, fitted by Adam to the cross-entropy.
///
/// Kingma and Ba, “Adam: a method for stochastic optimization”, 2015. Inputs are brought to one
/// scale while it is fitted; the table that it writes takes them as they are.
struct NetworkFit {
  private typealias Row = SIMD16<Float>
  private static let width = SpeechModel.inputs
  private static let batch = 256
  private static let fastest: Float = 0.004
  private static let decay: Float = 1e-5

  /// For each input its row of weights, then the bias, then the outer weights, then the outer bias.
  private var rows: [Row]
  private var means: [Float]
  private var scales: [Float]
  private var first: [Row]
  private var second: [Row]
  private var steps = 0
  private var random: SplitMix64

  /// Begins from a seed; `lessons` set the inputs' scales.
  init(scaledBy lessons: MadeUpLessons, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (width, count) = (Self.width, max(1, lessons.count))
    var (sums, squares) = (
      [Double](repeating: 0, count: width), [Double](repeating: 0, count: width)
    )
    for place in 0..<lessons.count * width {
      let value = Double(lessons.inputs[place])
      sums[place % width] += value
      squares[place % width] += value * value
    }
    means = sums.map { Float($0 / Double(count)) }
    scales = zip(sums, squares).map { sum, square in
      let mean = sum / Double(count)
      return Float(1 / max(1e-3, square / Double(count) - mean * mean).squareRoot())
    }
    rows = (0..<width + 3).map { row in
      var values = Row.zero
      let reach: Float = row < width ? (3 / Float(width)).squareRoot() : row == width + 1 ? 0.4 : 0
      if reach > 0 {
        for unit in 0..<16 { values[unit] = Float.random(in: -reach...reach, using: &random) }
      }
      return values
    }
    first = rows.map { _ in .zero }
    second = first
    self.random = random
  }

  /// Goes once over all lessons in an order of chance; `from` and `to` say how far the whole fit
  /// has come, since steps grow smaller with it.
  mutating func improve(on lessons: MadeUpLessons, from: Float, to: Float) {
    var order = Array(0..<lessons.count)
    order.shuffle(using: &random)
    var gradients = rows.map { _ in Row.zero }
    var inputs = [Float](repeating: 0, count: Self.width)
    for start in stride(from: 0, to: order.count, by: Self.batch) {
      for index in gradients.indices { gradients[index] = .zero }
      let batch = order[start..<min(order.count, start + Self.batch)]
      for place in batch {
        scale(lessons, place, into: &inputs)
        addGradients(of: inputs, lessons.isWord[place], to: &gradients)
      }
      let done = from + (to - from) * Float(start) / Float(order.count)
      step(gradients, scale: 1 / Float(batch.count), rate: Self.fastest * (1 + cos(.pi * done)) / 2)
    }
  }

  /// How many bins are on the wrong side of even odds, and the mean cross-entropy.
  func errors(on lessons: MadeUpLessons) -> String {
    var inputs = [Float](repeating: 0, count: Self.width)
    var (missed, invented, loss) = (0, 0, 0.0)
    for place in 0..<lessons.count {
      scale(lessons, place, into: &inputs)
      let odds = value(inputs).odds
      if lessons.isWord[place], odds < 0 { missed += 1 }
      if !lessons.isWord[place], odds > 0 { invented += 1 }
      loss += Double(log(1 + exp(min(30, lessons.isWord[place] ? -odds : odds))))
    }
    let words = lessons.isWord.count { $0 }
    func share(_ part: Int, _ all: Int) -> String {
      String(format: "%.2f", 100 * Double(part) / Double(max(1, all)))
    }
    return "\(share(missed, words)) % of \(words) bins in words taken for pauses, "
      + "\(share(invented, lessons.count - words)) % of \(lessons.count - words) in pauses for "
      + "words, cross-entropy " + String(format: "%.4f", loss / Double(max(1, lessons.count)))
  }

  /// The table, as `SpeechModel` reads it.
  var text: String {
    let width = Self.width
    var bias = rows[width]
    for input in 0..<width { bias -= rows[input] * (scales[input] * means[input]) }
    let all = (0..<width).map { rows[$0] * scales[$0] } + [bias, rows[width + 1]]
    func number(_ value: Float) -> String { String(format: "%.4g", value) }
    let lines = all.map { row in (0..<16).map { number(row[$0]) }.joined(separator: " ") }
    return "// The weights of SpeechModel; README.md says what they were fitted to.\n"
      + lines.joined(separator: "\n") + "\n" + number(rows[width + 2][0]) + "\n"
  }

  private func scale(_ lessons: MadeUpLessons, _ place: Int, into inputs: inout [Float]) {
    for input in 0..<Self.width {
      inputs[input] = (lessons.inputs[place * Self.width + input] - means[input]) * scales[input]
    }
  }

  private func value(_ inputs: [Float]) -> (layer: Row, odds: Float) {
    var layer = rows[Self.width]
    for input in 0..<Self.width { layer += rows[input] * inputs[input] }
    layer.replace(with: 0, where: layer .< 0)
    return (layer, (layer * rows[Self.width + 1]).sum() + rows[Self.width + 2][0])
  }

  private func addGradients(of inputs: [Float], _ isWord: Bool, to gradients: inout [Row]) {
    let (layer, odds) = value(inputs)
    let error = 1 / (1 + exp(-odds)) - (isWord ? 1 : 0)
    var back = rows[Self.width + 1] * error
    back.replace(with: 0, where: layer .<= 0)
    for input in 0..<Self.width { gradients[input] += back * inputs[input] }
    gradients[Self.width] += back
    gradients[Self.width + 1] += layer * error
    gradients[Self.width + 2][0] += error
  }

  private mutating func step(_ gradients: [Row], scale: Float, rate: Float) {
    steps += 1
    let correction =
      (1 - pow(0.999, Float(steps))).squareRoot() / (1 - pow(0.9, Float(steps)))
    for index in rows.indices {
      let gradient = gradients[index] * scale + rows[index] * Self.decay
      first[index] = first[index] * 0.9 + gradient * 0.1
      second[index] = second[index] * 0.999 + gradient * gradient * 0.001
      rows[index] -= first[index] * (rate * correction) / (second[index].squareRoot() + 1e-8)
    }
  }
}
