/**
 * Model families: for each {@code model_type}, how {@code config.json} and weight names select the
 * parts. A new decoder family is one description here and nothing else.
 */
package org.intervene.model.family;
