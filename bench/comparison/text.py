"""Made-up content of several compressibilities, from a random generator."""
import random
from itertools import accumulate

BLOCK = 64 * 1024


class Writer:
    """Makes content. The same generator state gives the same bytes (Python's random is stable across versions)."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        syllables = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "er")]
        self._words = [
            "".join(self.random.choices(syllables, k=self.random.choice((1, 2, 2, 3)))) for _ in range(5000)
        ]
        # Words are as unevenly frequent as in a language, or text would hardly compress.
        self._frequency = list(accumulate(1 / (rank + 4) for rank in range(len(self._words))))
        self._few = [self._narrow(symbols) for symbols in (10, 24, 60, 110)]

    def _narrow(self, symbols):
        alphabet = self.random.sample(range(256), symbols)
        return bytes(alphabet[int(symbols * (value / 256) ** 1.6)] for value in range(256))

    def words(self, count):
        return " ".join(self.random.choices(self._words, cum_weights=self._frequency, k=count))

    def text(self, size):
        """Lines of words: compresses to about a third."""
        lines, have = [], 0
        while have < size:
            line = self.words(self.random.randint(4, 18)) + "\n"
            lines.append(line)
            have += len(line)
        return "".join(lines).encode()[:size]

    def noise(self, size):
        """Does not compress, as media and archives do not."""
        return self.random.randbytes(size)

    def binary(self, size):
        """Blocks of everything, as databases, models and programs have: compresses to about two thirds."""
        parts = []
        for start in range(0, size, BLOCK):
            length = min(BLOCK, size - start)
            sort = self.random.random()
            if sort < 0.35:
                parts.append(self.noise(length))
            elif sort < 0.80:
                parts.append(self.noise(length).translate(self.random.choice(self._few)))
            elif sort < 0.93:
                parts.append(self.text(length))
            else:
                parts.append(bytes(length))
        return b"".join(parts)
