import PeciaAudio
public import PeciaCore
import PeciaStore

/// What `split` is asked to do; nil keeps the project's own value, or the usual one in a new project.
public struct SplitRequest: Sendable {
  /// Sound files.
  public var recordings: [String]
  /// The project's folder, as it was typed.
  public var project: String
  /// Milliseconds, as are `longest`, `overlap` and `skipSilence`.
  public var target: Int?
  public var longest: Int?
  public var overlap: Int?
  public var skipSilence: Int?
  public var copies: Int?
  /// How long a lease lasts in a new project.
  public var leaseSeconds: Int?
  /// From 0 to 1: texts that agree this much are agreed, in a new project.
  public var agree: Double?
  /// Whether nobody in a new project ever gets a neighbour of a clip of theirs.
  public var isStrict = false
  /// A guide's name or file.
  public var style: String?
  public var language: String?
  /// `flac`, `wav`, `ogg`, `opus` or `mp3`.
  public var format: String?
  /// Frames a second.
  public var rate: Int?
  public var mono: Bool?
  /// A file of captions, as a starting text for each clip.
  public var draft: String?
  /// How many pieces of work are done at once.
  public var jobs: Int

  public init(recordings: [String], project: String, jobs: Int = 1) {
    self.recordings = recordings
    self.project = project
    self.jobs = jobs
  }

  /// The forms that clips are written in, by their names.
  public static var formats: [String] { ClipForm.allCases.map(\.rawValue) }

  /// What contradicts itself in these wishes, were the project new; nil where nothing does.
  public var contradiction: String? { cutting(in: CuttingSettings()).contradiction }

  /// How recordings are cut in a project with the settings `project`.
  func cutting(in project: CuttingSettings) -> CuttingSettings {
    // Who names one of both lengths moves the other only where it would not fit.
    CuttingSettings(
      target: target ?? longest.map { min(project.target, $0 * 2 / 3) } ?? project.target,
      longest: longest ?? target.map { $0 > project.longest ? $0 * 3 / 2 : project.longest }
        ?? project.longest,
      overlap: overlap ?? project.overlap, skipSilence: skipSilence ?? project.skipSilence,
      format: format ?? project.format, rate: rate ?? project.rate, mono: mono ?? project.mono)
  }
}

/// Why recordings could not be cut.
public enum SplitError: Error, Equatable, CustomStringConvertible {
  /// The wishes contradict each other; the sentence says how.
  case wishes(String)
  case styleDiffers(project: String, style: String, wished: String)
  case unwritable(path: String, reason: String)
  /// The same bytes came before in this call, and could not be cut.
  case failedBefore(path: String)

  public var description: String {
    switch self {
    case .wishes(let sentence): sentence
    case .styleDiffers(let project, let style, let wished):
      "the project ‘\(project)’ has the style ‘\(style)’, not ‘\(wished)’: leave --style out, or "
        + "change it with ‘pecia project \(project) set --style \(wished)’"
    case .unwritable(let path, let reason): "cannot write ‘\(path)’: \(reason)"
    case .failedBefore(let path):
      "‘\(path)’ is a recording that has failed already in this call"
    }
  }
}

extension CuttingSettings {
  /// What contradicts itself in these settings; nil where nothing does.
  var contradiction: String? {
    func seconds(_ milliseconds: Int) -> String {
      Timestamp(milliseconds: milliseconds).description
    }
    return if target < 2_000 {
      "--target must be at least 2 s"
    } else if longest > 3_600_000 {
      "--longest must be at most 3600 s"
    } else if longest < target {
      "--longest (\(seconds(longest)) s) must not be shorter than --target (\(seconds(target)) s)"
    } else if overlap < 0 || overlap * 2 >= target {
      "--overlap (\(seconds(overlap)) s) must be shorter than half of --target (\(seconds(target)) s)"
    } else if longest - 2 * overlap < 100 {
      "--longest (\(seconds(longest)) s) must be longer than two overlaps by 0.1 s"
    } else if skipSilence < 0 || skipSilence > 0 && skipSilence < 1_000 {
      "--skip-silence must be 0, or at least 1 s"
    } else if let rate, !(4_000...192_000).contains(rate) {
      "--rate must lie between 4000 and 192000"
    } else {
      nil
    }
  }
}

/// What came of a `split`.
public struct SplitReport: Sendable {
  /// A recording with its clips and gaps, as they stand in the project.
  public struct Entry: Sendable {
    public var recording: Recording
    public var clips: [Clip]
    public var gaps: [Gap]
  }
  public var project: String
  /// In the order of the request; each recording once.
  public var entries: [Entry] = []
  /// One sentence for each recording that could not be cut.
  public var failures: [String] = []

  /// What `split --json` prints.
  public var json: JSON {
    .object([
      "project": .string(project), "recordings": .array(entries.map(\.json)),
    ])
  }
}

extension SplitReport.Entry {
  /// One line for people.
  public var summary: String {
    func count(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    return "\(recording.name): \(recording.duration.clock), \(count(clips.count, "clip")), "
      + count(gaps.count, "gap")
  }

  var json: JSON {
    .object([
      "name": .string(recording.name), "duration": .time(recording.duration),
      "sampleRate": .integer(recording.sampleRate), "channels": .integer(recording.channels),
      "clips": .array(
        clips.map { clip in
          .object([
            "clip": .integer(clip.number), "start": .time(clip.range.lowerBound),
            "end": .time(clip.range.upperBound), "file": .string(clip.file),
            "speech": .time(Timestamp(milliseconds: clip.speech)),
          ])
        }),
      "gaps": .array(gaps.map(\.json)),
    ])
  }
}
