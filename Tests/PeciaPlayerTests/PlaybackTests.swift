import Testing

@testable import PeciaPlayer

@Suite struct PlaybackTests {
  @Test(arguments: [1, 2])
  func `at its own speed a clip is heard to the sample, start and end included`(channels: Int) {
    let sound = Measured.tone(440, seconds: 1.003, rate: 8000, channels: channels)
    var playback = Playback(sound)
    playback.play()
    let heard = Measured.heard(&playback, block: 77)
    #expect(Array(heard.prefix(sound.samples.count)) == sound.samples)
    #expect(heard.dropFirst(sound.samples.count).allSatisfy { $0 == 0 })
    #expect(playback.milliseconds == sound.milliseconds)
  }

  @Test(arguments: [0.4, 0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 2, 2.5, 3])
  func `another speed keeps the pitch and gives the length`(speed: Double) {
    for hertz in [110.0, 700] {
      let sound = Measured.tone(hertz, seconds: 2)
      var playback = Playback(sound)
      playback.setSpeed(speed)
      playback.play()
      var heard: [Float] = []
      while playback.isPlaying { heard += playback.render(20) }
      let length = Double(heard.count) * speed / Double(sound.frames)
      #expect(abs(length - 1) < 0.002, "length \(length)")
      let pitch = Measured.pitch(of: heard[400..<(heard.count - 800)], rate: sound.rate)
      #expect(abs(pitch / hertz - 1) < 0.01, "pitch \(pitch) for \(hertz)")
      // A step that the tone itself does not make would be a click.
      let step = Measured.greatestStep(sound.samples)
      #expect(Measured.greatestStep(Array(heard.dropLast(600))) < step * 1.2 + 0.004)
    }
  }

  @Test(arguments: [0.5, 0.8, 1.5, 2.0])
  func `a voice keeps its pitch and its syllables`(speed: Double) {
    let sound = Measured.voice(seconds: 4)
    var playback = Playback(sound)
    playback.setSpeed(speed)
    playback.play()
    let heard = Measured.heard(&playback)
    var (compared, far) = (0, 0)
    for time in stride(from: 0.1, to: 3.7, by: 0.05) {
      let there = Int(time * 16_000 / speed)
      guard
        let before = Measured.voicePitch(of: sound.samples, at: Int(time * 16_000), rate: 16_000),
        let after = Measured.voicePitch(of: heard, at: there, rate: 16_000)
      else { continue }
      compared += 1
      if abs(after / before - 1) > 0.02 { far += 1 }
    }
    #expect(compared > 15)
    #expect(far * 20 <= compared, "\(far) of \(compared)")
  }

  @Test func `a pause steps back and does not click`() {
    let sound = Measured.tone(200, seconds: 5)
    var playback = Playback(sound)
    playback.play()
    var heard = playback.render(32_013)
    playback.pause(back: 1500)
    #expect(playback.milliseconds == 500)
    heard += playback.render(160)
    #expect(heard[32_013 + 64] == 0)
    #expect(!playback.isFading)
    playback.play()
    heard += playback.render(1000)
    #expect(Measured.greatestStep(heard) < Measured.greatestStep(sound.samples) * 1.1)
    #expect(heard[heard.count - 1] == sound.samples[8013 + 1000 - 1])
  }

  @Test func `jumps and changes while playing do not click`() {
    let sound = Measured.tone(200, seconds: 5)
    var playback = Playback(sound)
    playback.play()
    var heard = playback.render(4013)
    playback.seek(to: 40_007)
    heard += playback.render(4001)
    playback.setSpeed(1.5)
    heard += playback.render(4003)
    playback.setSpeed(0.7)
    heard += playback.render(4003)
    playback.setDecibels(-6)
    heard += playback.render(4003)
    #expect(Measured.greatestStep(heard) < Measured.greatestStep(sound.samples) * 1.6)
  }

  @Test func `a loop plays its stretch over and over`() {
    let sound = Measured.tone(100, seconds: 2)
    var playback = Playback(sound)
    playback.setLoop(8000..<12_000)
    playback.play()
    let heard = playback.render(16_000)
    for time in 1...3 {
      for frame in stride(from: 100, to: 4000, by: 333) {
        #expect(heard[time * 4000 + frame] == sound.samples[8000 + frame])
      }
    }
    #expect(Measured.greatestStep(heard) < Measured.greatestStep(sound.samples) * 1.1)
    playback.setLoop(nil)
    _ = Measured.heard(&playback)
    #expect(playback.milliseconds == 2000)
  }

  @Test func `cyclic dictation plays, rests, steps back and goes on`() {
    let sound = Measured.tone(100, seconds: 3, rate: 8000)
    var playback = Playback(sound)
    playback.setCycle(.init(play: 1000, pause: 500, back: 250))
    playback.play()
    let heard = Measured.heard(&playback)
    #expect(Array(heard[0..<8000]) == Array(sound.samples[0..<8000]))
    #expect(heard[8040..<12_000].allSatisfy { $0 == 0 })
    #expect(heard[12_100] == sound.samples[6100])
    #expect(heard[19_900] == sound.samples[13_900])
    #expect(heard[20_040..<24_000].allSatisfy { $0 == 0 })
    // 1 + (0.5 + 1) + (0.5 + 1) + (0.5 + 0.75): the last stretch ends with the clip.
    #expect(abs(heard.count - 8000 * 525 / 100) < 200)
  }

  @Test func `a stretch is played and no more`() {
    let sound = Measured.tone(100, seconds: 2)
    var playback = Playback(sound)
    playback.play(4000..<6000)
    let heard = Measured.heard(&playback)
    #expect(Array(heard[100..<2000]) == Array(sound.samples[4100..<6000]))
    #expect(heard[2064...].allSatisfy { $0 == 0 })
    #expect(playback.milliseconds == 375)
  }

  @Test func `one channel is heard in both ears`() {
    let sound = Measured.tone(100, seconds: 0.5, channels: 2)
    var playback = Playback(sound)
    playback.setChannels(.only(1))
    playback.play()
    let heard = playback.render(1000)
    for frame in 0..<1000 {
      #expect(heard[2 * frame] == sound.samples[2 * frame + 1])
      #expect(heard[2 * frame + 1] == sound.samples[2 * frame + 1])
    }
    #expect(Channels.all.next(of: 2) == .only(0))
    #expect(Channels.only(1).next(of: 2) == .all)
    #expect(Channels.all.next(of: 1) == .all)
  }

  @Test(arguments: [6.0, 12, 18])
  func `louder never passes full scale, and soft parts get the whole gain`(decibels: Double) {
    var sound = Measured.tone(300, seconds: 2, level: 0.02)
    for frame in 16_000..<17_000 { sound.samples[frame] *= 45 }
    var playback = Playback(sound)
    playback.setDecibels(decibels)
    playback.play()
    let heard = Measured.heard(&playback)
    #expect(heard.allSatisfy { abs($0) <= Loudness.ceiling + 0.001 })
    let gain = heard[4003] / sound.samples[4003]
    #expect(abs(Double(gain) - [6.0: 1.995, 12: 3.981, 18: 7.943][decibels, default: 0]) < 0.01)
    // The loud part is turned down smoothly: no sample is clipped flat.
    #expect(zip(heard, heard.dropFirst()).allSatisfy { $0 != $1 || abs($0) < 0.9 })
  }

  @Test func `an empty clip plays nothing and stops`() {
    var playback = Playback(ClipSound(rate: 16_000, channels: 1, samples: []))
    playback.play()
    #expect(!playback.isPlaying)
    #expect(playback.render(10) == Array(repeating: 0, count: 10))
  }

  @Test func `the waveform is scaled to its loudest part`() {
    var sound = Measured.tone(300, seconds: 1, level: 0.4)
    for frame in 0..<8000 { sound.samples[frame] = 0 }
    let columns = Waveform(sound).columns(10, of: 1000)
    #expect(columns[..<5].allSatisfy { $0 == 0 })
    #expect(columns[5...].allSatisfy { $0 > 0.95 })
    #expect(Waveform(sound).columns(10, of: 2000)[6...].allSatisfy { $0 == 0 })
  }
}
