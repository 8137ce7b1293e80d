"""Writes Sources/Setup/SetupProof+Pinned.swift: what the proof picture's embedding has to be.

    python make_proof.py lite0.pth lite2.pth

The numbers come from ../../BackbonesTests/Fixtures/reference_recipe.py, not from the program that they
judge. The picture is the one that ProofPicture.disc draws.
"""

import base64
import pathlib
import sys
import textwrap

import numpy as np
from PIL import Image

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / "BackbonesTests" / "Fixtures"))
import reference_recipe  # noqa: E402


def colour(x, y):
    grain = (x * 7 + y * 13) % 7 * 4
    distance = (x - 130) ** 2 + (y - 120) ** 2
    if distance < 30**2:
        return 70 + grain, 40, 20
    if distance < 90**2:
        return 230, 190 + grain, 30
    return 20 + x // 6, 60 + y // 2, 200 - x // 3 + grain


picture = np.array([[colour(x, y) for x in range(360)] for y in range(270)], np.uint8)
lite0, lite2 = (reference_recipe.load(path) for path in sys.argv[1:])
embedding = reference_recipe.embed(lite0, lite2, Image.fromarray(picture))
text = base64.b64encode(embedding.astype("<f2").tobytes()).decode()
lines = textwrap.wrap(text, 92)

source = f'''import Foundation

extension SetupProof {{
  /// The proofs of the recipes `compact` and `general`.
  static let all = [
    SetupProof(
      recipe: "compact", picture: .disc, embedding: Array(pinnedNumbers[..<compactCount])),
    SetupProof(recipe: "general", picture: .disc, embedding: pinnedNumbers),
  ]

  /// How many of the numbers of `general` are those of `compact`.
  private static let compactCount = {reference_recipe.EMBEDDING_COUNTS[0]}

  private static let pinnedNumbers: [Float] = {{
    guard let data = Data(base64Encoded: pinnedText, options: .ignoreUnknownCharacters) else {{
      preconditionFailure("\\(pinnedText.count) characters are not base64")
    }}
    return stride(from: data.startIndex, to: data.endIndex, by: 2).map {{
      Float(Float16(bitPattern: UInt16(data[$0]) | UInt16(data[$0 + 1]) << 8))
    }}
  }}()

  /// {reference_recipe.EMBEDDING_COUNTS[1]} 16-bit floats, little-endian, in base64.
  /// Made by Tests/SetupTests/Fixtures/make_proof.py.
  private static let pinnedText = """
    {(chr(10) + "    ").join(lines)}
    """
}}
'''
(here.parents[2] / "Sources" / "Setup" / "SetupProof+Pinned.swift").write_text(source)
