/// Arithmetic on all lanes at once, put so that no comparison is needed: the compiler makes a loop
/// over the lanes of those, but of this a few instructions.

/// `values` where they are positive, else 0.
@inline(__always)
func positive(_ values: SIMD8<Float>) -> SIMD8<Float> {
  let bits = unsafeBitCast(values, to: SIMD8<Int32>.self)
  return unsafeBitCast(bits & ~(bits &>> 31), to: SIMD8<Float>.self)
}

/// `values` where they are positive, else 0.
@inline(__always)
func positive(_ values: SIMD16<Float>) -> SIMD16<Float> {
  let bits = unsafeBitCast(values, to: SIMD16<Int32>.self)
  return unsafeBitCast(bits & ~(bits &>> 31), to: SIMD16<Float>.self)
}

/// The whole numbers nearest to `values`, those held within `bounds`, which are small.
@inline(__always)
func wholes(_ values: SIMD8<Float>, in bounds: ClosedRange<Float>) -> SIMD8<Int32> {
  // Added to this, a number's fraction falls out of the mantissa.
  let shift = SIMD8<Float>(repeating: 12_582_912)
  let held = bounds.upperBound - bounds.lowerBound - positive(values - bounds.lowerBound)
  return unsafeBitCast(bounds.upperBound - positive(held) + shift, to: SIMD8<Int32>.self)
    &- unsafeBitCast(shift, to: SIMD8<Int32>.self)
}

extension SIMD16<Float> {
  /// The sum of all lanes.
  @inline(__always)
  var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    return (four.x + four.y) + (four.z + four.w)
  }
}
