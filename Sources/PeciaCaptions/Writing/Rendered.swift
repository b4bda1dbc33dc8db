public import Foundation

/// A written file, and what its form could not hold.
public struct Rendered: Hashable, Sendable {
  public var text: String
  /// What is lost or what a strict reader refuses, one sentence each.
  public var losses: [String]

  public init(text: String, losses: [String] = []) {
    self.text = text
    self.losses = losses
  }

  /// The file's bytes, in UTF-8.
  public var data: Data { Data(text.utf8) }
}

/// What a writer may be asked for.
public struct RenderOptions: Hashable, Sendable {
  /// Cues begin and end on whole frames of this rate; nil for whole milliseconds.
  public var framesPerSecond: Double?
  /// Whether each word carries its time, in forms that can hold it.
  public var karaoke: Bool
  /// Whether the paragraphs of plain text and Markdown begin with their time.
  public var timestamps: Bool
  /// Where a transcript page finds the sound: an address as seen from the page; nil for none.
  public var sound: String?

  public init(
    framesPerSecond: Double? = nil, karaoke: Bool = false, timestamps: Bool = false,
    sound: String? = nil
  ) {
    self.framesPerSecond = framesPerSecond
    self.karaoke = karaoke
    self.timestamps = timestamps
    self.sound = sound
  }
}
