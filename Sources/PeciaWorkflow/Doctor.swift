public import Foundation
import PeciaAudio
import PeciaCore
import PeciaStore
import PeciaStyle

/// What is wrong with a project.
public struct Diagnosis: Hashable, Sendable {
  /// What was put right, one line each.
  public var mended: [String] = []
  /// What a person has to look at.
  public var faults: [String] = []
}

extension Project {
  /// Checks everything: the database, the clips' files and hashes, the manifest, the guide, where
  /// the project lies; mends what is safe to mend.
  ///
  /// `progress`: hears the address of the clip that is looked at.
  public func diagnose(at now: Date, progress: (String) -> Void = { _ in }) throws -> Diagnosis {
    var diagnosis = Diagnosis()
    let examination = try store.examine(at: now)
    diagnosis.mended = examination.mended
    diagnosis.faults = examination.faults
    if let share = store.networkShare {
      diagnosis.faults.append(
        "the project lies on a network share (\(share)), where locks cannot be relied on: "
          + "move it to a local disk")
    }
    for recording in try store.recordings() {
      for clip in try store.clips(of: recording.name) {
        progress(clip.address)
        if let fault = fault(in: clip) { diagnosis.faults.append(fault) }
      }
    }
    try checkManifest(&diagnosis)
    checkGuide(&diagnosis)
    return diagnosis
  }

  private func checkGuide(_ diagnosis: inout Diagnosis) {
    let file = store.folder.appending(path: "style.yml").path
    do {
      if !FileManager.default.fileExists(atPath: file) {
        try writeFile(Data(guide().source.utf8), to: file)
        diagnosis.mended.append("style.yml was gone: written anew from the built-in guide")
      }
      _ = try Guide.named(file)
    } catch {
      diagnosis.faults.append("the guide cannot be used: \(error)")
    }
  }

  private func fault(in clip: Clip) -> String? {
    do {
      let file = try audio(of: clip).path
      guard FileManager.default.fileExists(atPath: file) else {
        return "\(clip.file) is gone: take its recording out and split it again"
      }
      return try sha256(ofFile: file) == clip.sha256
        ? nil : "\(clip.file) is not what ‘split’ wrote"
    } catch {
      return "\(clip.file): \(error)"
    }
  }

  private func checkManifest(_ diagnosis: inout Diagnosis) throws {
    let file = store.folder.appending(path: "manifest.csv")
    let wanted = Data(try manifest(of: store).utf8)
    guard (try? Data(contentsOf: file)) != wanted else { return }
    try writeFile(wanted, to: file.path)
    diagnosis.mended.append("manifest.csv did not say what is in the project: written anew")
  }
}
