import Foundation
import PeciaAudio
import PeciaCore
import PeciaStore

/// One run of `split` over its recordings.
struct SplitJob: Sendable {
  let request: SplitRequest
  private let folder: URL
  private let warn: @Sendable (String) -> Void
  private let store: ProjectStore
  let cutting: CuttingSettings
  /// The transcript that clips get their starting texts from.
  private let earlier: Transcript?
  let permits: Permits
  private let naming = Turns()
  private let adding = Turns()
  private let names: SplitNames
  let done: SplitProgress

  init(
    _ splitter: Splitter, store: ProjectStore, cutting: CuttingSettings, earlier: Transcript?
  ) {
    self.earlier = earlier
    request = splitter.request
    folder = splitter.folder
    warn = splitter.warn
    self.store = store
    self.cutting = cutting
    permits = Permits(max(1, splitter.request.jobs))
    names = SplitNames(store: store, project: splitter.folder)
    done = SplitProgress(recordings: splitter.request.recordings, report: splitter.progress)
  }

  /// What came of each recording, in the order of the request.
  func results() async -> [Result<Recording, any Error>] {
    let count = request.recordings.count
    return await withTaskGroup(of: (Int, Result<Recording, any Error>).self) { group in
      var results: [Int: Result<Recording, any Error>] = [:]
      var next = 0
      while results.count < count {
        while next < count, next - results.count < max(1, request.jobs) + 1 {
          group.addTask { [next] in (next, await result(of: next)) }
          next += 1
        }
        guard let (index, result) = await group.next() else { break }
        results[index] = result
      }
      return (0..<count).compactMap { results[$0] }
    }
  }

  private func result(of index: Int) async -> Result<Recording, any Error> {
    let path = request.recordings[index]
    var result: Result<Recording, any Error>
    do {
      result = .success(try await split(path, index))
    } catch {
      result = .failure(error)
    }
    done.finish(index)
    await naming.finish(index)
    await adding.finish(index)
    return result
  }

  private func split(_ path: String, _ index: Int) async throws -> Recording {
    async let wholeDigest = permits.run { try sha256(ofFile: path) }
    let (source, converted) = try await permits.run { try readable(path, index) }
    defer { if let converted { try? FileManager.default.removeItem(at: converted) } }
    let format = try ClipFormat(
      of: source, form: ClipForm(rawValue: cutting.format) ?? .flac, rate: cutting.rate,
      mono: cutting.mono)
    let (surveys, feed) = AsyncThrowingStream.makeStream(of: SurveyStep.self)
    async let surveying: Void = survey(source, index, into: feed)
    let digest = try await wholeDigest
    await naming.wait(for: index)
    let name: String
    switch try await names.place(for: path, sha256: digest, cutting) {
    case .here(let recording):
      if let language = request.language, language != recording.language {
        warn(
          "‘\(path)’ is there already, in ‘\(recording.language)’; change that with ‘pecia project "
            + "\(request.project) set --recording \(recording.name) --language \(language)’")
      }
      SplitFolder(of: recording.name, in: folder).finish()
      return recording
    case .again:
      await adding.wait(for: index)
      guard let recording = try store.recording(sha256: digest) else {
        throw SplitError.failedBefore(path: path)
      }
      return recording
    case .free(let free): name = free
    }
    await naming.finish(index)
    let (survey, clips) = try await write(
      surveys, as: format, SplitFolder(of: name, in: folder), try purpose(of: digest), index)
    await surveying
    survey.warnings.forEach(warn)
    if format.form.rawValue != cutting.format {
      warn("‘\(path)’ has samples that FLAC cannot hold: its clips are WAV")
    }
    if survey.plan.clips.isEmpty { warn("no speech was found in ‘\(path)’: it gets no clips") }
    let recording = Recording(
      name: name, sha256: digest, path: URL(filePath: path).standardizedFileURL.path,
      duration: survey.duration, sampleRate: source.format.rate, channels: source.format.channels,
      language: try request.language ?? store.settings().language)
    await adding.wait(for: index)
    try store.add(
      recording, clips: clips, gaps: survey.plan.gaps.map { Gap(range: $0, reason: .silence) },
      cutting: cutting, drafts: drafts(of: clips))
    SplitFolder(of: name, in: folder).finish()
    return recording
  }

  /// The source of `path`, and the file that was made for it where libsndfile cannot read it.
  private func readable(_ path: String, _ index: Int) throws -> (SoundSource, URL?) {
    do {
      return (try SoundSource(examining: path), nil)
    } catch AudioError.needsConversion {
      let clips = folder.appending(path: "clips")
      try FileManager.default.createDirectory(at: clips, withIntermediateDirectories: true)
      let converted = clips.appending(path: "\(SplitFolder.passing)\(index).w64")
      try Conversion.convert(path, to: converted.path)
      return (try SoundSource(examining: converted.path, convertedFrom: path), converted)
    }
  }

  /// The starting text of each clip that has one.
  private func drafts(of clips: [Clip]) -> [Int: String] {
    guard let earlier else { return [:] }
    return Dictionary(uniqueKeysWithValues: clips.map { ($0.number, earlier.text(in: $0.range)) })
      .filter { !$0.value.isEmpty }
  }

  /// One line that is the same for equal clips.
  private func purpose(of digest: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return "\(digest) \(String(decoding: try encoder.encode(cutting), as: UTF8.self)) 2\n"
  }
}

extension CutSettings {
  init(_ cutting: CuttingSettings) {
    self.init(
      target: cutting.target, longest: cutting.longest, overlap: cutting.overlap,
      skipSilence: cutting.skipSilence)
  }
}
