"""The table of conformance cases."""

import cases_encoders
import cases_gemma
import cases_gpt
import cases_llama
import cases_others

CASES = [
    *cases_gpt.CASES, *cases_llama.CASES, *cases_gemma.CASES, *cases_others.CASES, *cases_encoders.CASES
]
assert len({case.name for case in CASES}) == len(CASES)
