package org.intervene.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What one run of the benchmark measures, and with what.
 *
 * @param model its shape
 * @param folder where models and tasks lie
 * @param python interpreter with the other tools
 * @param script that runs them
 * @param threads of every tool
 * @param repetitions of what is short
 * @param quick leaves out what takes minutes
 */
record Settings(
    RandomGpt2 model,
    Path folder,
    Optional<Path> python,
    Path script,
    int threads,
    int repetitions,
    boolean quick) {}
