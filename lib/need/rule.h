/* rule.h - from the text of a rule to checked nodes.
 *
 *     rule    = "if" rule "then" rule "else" rule | or
 *     or      = and { "or" and }          and = not { "and" not }          not = "not" not | compare
 *     compare = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum
 *                   | ["not"] "between" sum "and" sum | ["not"] "in" "[" sum { "," sum } "]" ]
 *     sum     = product { ("+" | "-") product }      product = unary { ("*" | "/") unary }
 *     unary   = "-" unary | number | day | "true" | "false" | "as_of" | name | name "(" rules ")" | "(" rule ")"
 *
 * Functions: min max abs is_missing coalesce age_years(birth, on) months_between(from, to)
 * days_between(from, to); over the members' table any(c) all(c) count(c) sum(x) max(x) min(x), with one
 * argument. Every error names the line and column of the word that is wrong. */
#ifndef GOVCORE_NEED_RULE_H
#define GOVCORE_NEED_RULE_H

#include "base/yaml.h"
#include "need/model.h"

/* Whether a rule may name indicators (floors do): their value is `applies and deprived`. */
enum { GOV_NEED_WITHOUT_INDICATORS = 0, GOV_NEED_WITH_INDICATORS = 1 };

/* Reads the scalar `node` as a rule of type bool; its nodes go to model->nodes. */
gov_status gov_need_rule_read(gov_need_model *model, const gov_yaml_node *node, int with_indicators,
                              int32_t *out, gov_error *err);
/* The same of any type, over the members or the household: the value of a term. */
gov_status gov_need_term_read(gov_need_model *model, const gov_yaml_node *node, int member, int32_t *out,
                              gov_error *err);
/* Whether a name is a word of the language and cannot name anything else. */
int gov_need_is_reserved(const char *name);

#endif
