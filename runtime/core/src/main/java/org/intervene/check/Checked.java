package org.intervene.check;

import java.util.List;
import java.util.Optional;
import org.intervene.ast.RunClause;
import org.intervene.ast.Spec;
import org.intervene.data.DataReader;
import org.intervene.model.ModelFacts;
import org.intervene.model.Tokenizer;

/**
 * A spec whose names are known to make sense.
 *
 * @param runs each after the runs that it reads
 * @param metrics which run has which metric
 */
public record Checked(
    Spec spec,
    ModelFacts facts,
    Optional<Tokenizer> tokenizer,
    DataReader reader,
    Symbols symbols,
    List<RunClause> runs,
    MetricScopes metrics) {}
