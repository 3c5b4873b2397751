"""Ground: Chinese text: widths, document numbers, pinyin."""
