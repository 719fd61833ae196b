/* need.h - what the commands score, explain, measure and model share. */
#ifndef CLI_NEED_H
#define CLI_NEED_H

#include "cli.h"
#include "store.h"

/* The options of scoring, for the tables of those commands. */
#define CLI_NEED_OPTIONS                                                                            \
    {"input",                                                                                       \
     "T.csv",                                                                                       \
     {"从 CSV 读取家庭（- 为标准输入）", "read households from a CSV file (- is standard input)"}}, \
        {"model",                                                                                   \
         "NAME|FILE",                                                                               \
         {"内置模型名或 YAML 文件；默认 govcore-need-22",                                           \
          "a built-in model or a YAML file; default govcore-need-22"}},                             \
        {"as-of", "DATE", {"评估日期，如 2021-08-01", "day of assessment, such as 2021-08-01"}},    \
        {"preset", "NAME", {"使用模型中的一组权重", "weights of one of the model's presets"}},      \
        {"params", "A=1,B=2", {"替换模型参数", "values that replace parameters of the model"}},     \
        {"depth", NULL, {"部分困境计一半", "count partly deprived as one half"}},                   \
        {"features",                                                                                \
         "FILE",                                                                                    \
         {"特征文件：数据库中的记录如何成为模型输入；默认内置 gbt31000",                            \
          "a features file: how what a store has becomes the model's inputs; built in: gbt31000"}}, \
        {"view",                                                                                    \
         "assistance|dwelling|registered",                                                          \
         {"户的口径：救助家庭（默认）、居住户、户籍户",                                             \
          "which households: who live together (default), a dwelling's, the registered ones"}},     \
        {"members", "M.csv", {"家庭成员表", "the table of members, for models that need it"}},      \
        {"encoding", "auto|utf-8|gb18030", {"输入文件编码", "encoding of the input files"}},        \
    {                                                                                               \
        "types", "a:utf8,b:int64",                                                                  \
        {                                                                                           \
            "指定列类型", "types of columns of the input"                                           \
        }                                                                                           \
    }

/* The model of `name`: a file if it looks like one (a slash or .yaml, .yml), else a built-in one. */
gov_status cli_need_model(const char *name, gov_need_model **out, gov_error *err);

/* Everything that scoring needs, read by the options of the command; freed by cli_need_close. begin reads the model and
 * the options, open the households too. */
typedef struct cli_need {
    gov_need_model *model;
    gov_table *households;
    gov_table *members;
    gov_need_options options;
    gov_need_features *features;
    gov_pipeline_options pipeline; /* for a store */
} cli_need;

int cli_need_begin(cli *self, cli_need *need);
int cli_need_open(cli *self, cli_need *need);
void cli_need_close(cli_need *need);

#endif
