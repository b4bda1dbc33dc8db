import PeciaCore

/// Draws the player into cells: the same player, the same screen.
struct PlayerView {
  let player: Player
  var screen: Screen
  let regions: Regions

  /// The screen of `player`.
  static func screen(of player: Player) -> Screen {
    var view = PlayerView(player)
    view.draw()
    return view.screen
  }

  private init(_ player: Player) {
    self.player = player
    regions = player.regions
    screen = Screen(columns: player.columns, rows: player.rows)
  }

  private mutating func draw() {
    drawHeader()
    drawWave()
    drawTransport()
    screen.fill("─", .faint, row: regions.transport + 1)
    drawVariants()
    drawText()
    screen.fill("─", .faint, row: regions.findings.lowerBound - 1)
    drawBelow()
    drawKeys()
    drawDialog()
  }

  // MARK: The head

  private mutating func drawHeader() {
    var left = " pecia"
    if let task = player.clip?.task {
      let clip = task.lease.clip
      left = " \(clip.recording)/\(clip.number)" + (task.clips > 0 ? " of \(task.clips)" : "")
      left += "  \(clip.range.lowerBound.clock)–\(clip.range.upperBound.clock)"
      if player.clip?.isEarlier == true { left += "  earlier" }
    }
    let right = headerRight
    let room = player.columns - right.columns - 2
    screen.put(left.fitted(to: max(room, 10)), Look(.title), row: 0, column: 0)
    let start = screen.put(right, Look(.faint), row: 0, endingAt: player.columns - 1)
    if let ends = player.clip?.leaseEnds, ends - player.now < 120_000,
      player.clip?.isEarlier == false
    {
      screen.put(right, Look(.warning, .bold), row: 0, column: start)
    }
  }

  private var headerRight: String {
    var parts: [String] = []
    if let clip = player.clip {
      if player.columns >= 80 { parts.append(clip.task.style) }
      if clip.isEarlier || clip.task.review != nil {
        return (parts + [player.worker]).joined(separator: " · ")
      }
      let left = max(clip.leaseEnds - player.now, 0)
      parts.append(left == 0 ? "lease over" : "lease \(Timestamp(milliseconds: left).clock)")
    }
    if let round = player.round, let began = round.began {
      let left = max(round.minutes * 60_000 - (player.now - began), 0)
      parts.append("round \(round.number) \(Timestamp(milliseconds: left).clock)")
    }
    return (parts + [player.worker]).joined(separator: " · ")
  }

  // MARK: The sound

  private mutating func drawWave() {
    guard let clip = player.clip else { return }
    let columns = player.columns
    let levels = clip.waveform.columns(columns, of: clip.milliseconds)
    let height = regions.wave.count
    let blocks: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    for column in 0..<columns {
      let time = clip.milliseconds * column / columns
      let look = Look(role(at: time))
      let isSpeech = clip.isSpeech(from: time, to: clip.milliseconds * (column + 1) / columns)
      let eighths = Int((levels[column].squareRoot() * Float(height * 8)).rounded())
      for row in 0..<height {
        let above = height - 1 - row
        let part = min(max(eighths - above * 8, 0), 8)
        var character = blocks[part]
        // What is no speech is shaded; where there is next to no sound it is a dotted line.
        if !isSpeech {
          character = part > 0 ? "░" : " "
          if above == 0, levels[column] < 0.03 || part == 0 { character = "·" }
        }
        screen.put(character, look, row: regions.wave.lowerBound + row, column: column)
      }
    }
    drawRuler(clip)
  }

  private func role(at time: Int) -> Look.Role {
    guard let clip = player.clip else { return .plain }
    if time < clip.task.sharedBefore || time >= clip.milliseconds - clip.task.sharedAfter {
      return .shared
    }
    return time < player.transport.position ? .played : .sound
  }

  /// Below the waveform: what neighbours share (`═`), the loop (`[ ]`), the place (`▲`).
  private mutating func drawRuler(_ clip: Player.ClipAtHand) {
    let row = regions.ruler
    let columns = player.columns
    func column(_ time: Int) -> Int {
      min(max(time * columns / max(clip.milliseconds, 1), 0), columns - 1)
    }
    for index in 0..<columns {
      let time = clip.milliseconds * index / columns
      let isShared = role(at: time) == .shared
      screen.put(isShared ? "═" : "─", Look(isShared ? .shared : .faint), row: row, column: index)
    }
    let number = clip.task.lease.clip.number
    if clip.task.sharedBefore > 0 {
      label("with \(number - 1)", from: 0, to: column(clip.task.sharedBefore))
    }
    if clip.task.sharedAfter > 0 {
      label(
        "with \(number + 1)", from: column(clip.milliseconds - clip.task.sharedAfter) + 1,
        to: columns)
    }
    for (number, place) in player.places.enumerated() {
      let (start, end) = (column(place.time.lowerBound), column(place.time.upperBound))
      let look = Look(.warning, number == player.placeNumber ? .bold : [])
      for index in start...max(end, start) { screen.put("?", look, row: row, column: index) }
    }
    if let start = player.transport.loopStart {
      screen.put("[", Look(.key, .bold), row: row, column: column(start))
    }
    if let loop = player.transport.loop {
      screen.put("[", Look(.key, .bold), row: row, column: column(loop.lowerBound))
      screen.put("]", Look(.key, .bold), row: row, column: column(loop.upperBound))
    }
    screen.put("▲", Look(.key, .bold), row: row, column: column(player.transport.position))
  }

  private mutating func label(_ text: String, from start: Int, to end: Int) {
    guard end - start >= text.count + 3 else { return }
    screen.put(text, Look(.shared), row: regions.ruler, column: start + 1)
  }

  private mutating func drawTransport() {
    guard let clip = player.clip else { return }
    let transport = player.transport
    let row = regions.transport
    var left = transport.isPlaying ? " ▶ " : " ■ "
    left += "\(time(transport.position)) / \(time(clip.milliseconds))"
    if transport.speed != 1 { left += "  \(speed(transport.speed))×" }
    if transport.decibels != 0 {
      left += "  \(transport.decibels > 0 ? "+" : "−")\(Int(abs(transport.decibels))) dB"
    }
    if case .only(let number) = transport.channels { left += "  channel \(number + 1)" }
    if transport.loop != nil { left += "  loop" }
    if transport.isCycling { left += "  cycle" }
    if let number = player.placeNumber {
      left += "  place \(number + 1) of \(player.places.count)"
    }
    if player.prefix != nil { left += "  …" }
    let end = screen.put(left, Look(.plain, .bold), row: row, column: 0)
    let right = counts.first { $0.columns + end + 2 < player.columns }
    if let right { screen.put(right, .faint, row: row, endingAt: player.columns - 1) }
  }

  /// What this clip and this day come to, from full to short.
  private var counts: [String] {
    let words = Player.count(player.words, "word")
    let pace = player.pace.wordsPerMinute.map { " · \($0) wpm" } ?? ""
    let clips = player.today.clips + player.session.clips
    let sound = player.today.milliseconds + player.session.milliseconds
    let day = "today \(Player.count(clips, "clip")), \(Timestamp(milliseconds: sound).clock)"
    var goal = ""
    if let round = player.round, round.goal > 0 {
      goal = " · goal \(round.done.words)/\(round.goal)"
    }
    return [
      "\(words)\(pace)\(goal) · \(day)", "\(words)\(pace) · \(day)", "\(words)\(pace)", words,
    ]
  }

  private func time(_ milliseconds: Int) -> String {
    "\(Timestamp(milliseconds: milliseconds).clock).\(milliseconds % 1000 / 100)"
  }

  private func speed(_ speed: Double) -> String {
    let tenths = Int((speed * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
