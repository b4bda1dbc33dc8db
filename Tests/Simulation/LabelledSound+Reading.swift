import Foundation
import PeciaAudio
import PeciaStitch

extension LabelledSound {
  /// All sounds of a folder, by name.
  ///
  /// - Throws: an error of reading, or `DecodingError`.
  package static func sounds(in folder: String) throws -> [LabelledSound] {
    let folder = URL(filePath: folder)
    return try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    )
    .filter { $0.pathExtension == "json" }
    .sorted { $0.path < $1.path }
    .map { file in
      let labels = try JSONDecoder().decode(SoundLabels.self, from: Data(contentsOf: file))
      let sound = try readSound(folder.appending(path: labels.audio).path)
      return LabelledSound(
        name: file.deletingPathExtension().lastPathComponent, language: labels.language,
        samples: sound.mono(at: WordTimer.sampleRate), words: labels.words)
    }
  }
}
