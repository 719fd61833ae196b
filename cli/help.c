/* help.c - the texts of govcore help, made from the tables of commands and options. */
#include "cli.h"

#include <string.h>

/* A name and what it is, in two columns; a name that is too long for the first has a line of its own. */
static void print_pair(FILE *out, const char *left, int columns, const char *right)
{
    int width = cli_width(left, (int)strlen(left));
    int too_long = width >= columns;
    fprintf(out, "  %s%s%*s%s\n", left, too_long ? "\n  " : "", too_long ? columns : columns - width, "",
            right);
}

static void print_options(const cli *self, const cli_option *options, FILE *out)
{
    for (; options->name != NULL; options++) {
        char left[96];
        snprintf(left, sizeof(left), "--%s%s%s", options->name, options->value != NULL ? " " : "",
                 options->value != NULL ? options->value : "");
        print_pair(out, left, 24, cli_pick(self, options->help));
    }
}

void cli_help(const cli *self, FILE *out)
{
    fputs(cli_pick(self, (cli_text){"govcore — 基层治理数据核心\n\n用法: govcore 命令 [参数] [选项]\n\n",
                                    "govcore - data core of grassroots governance\n\n"
                                    "usage: govcore COMMAND [ARGUMENTS] [OPTIONS]\n\n"}),
          out);
    for (int i = 0; cli_commands[i] != NULL; i++) {
        print_pair(out, cli_commands[i]->name, 12, cli_pick(self, cli_commands[i]->summary));
    }
    fputs(self->chinese ? "\n通用选项:\n" : "\noptions of every command:\n", out);
    print_options(self, cli_common_options, out);
    fputs(cli_pick(
              self,
              (cli_text){
                  "\n退出码: 0 完成；1 完成，但有行被拒绝或检查未通过；2 用法有误；3 输入有误；4 "
                  "存储或系统错误\n评分用于发现需要帮助的人，不是资格认定。\n",
                  "\nexit code: 0 done; 1 done, but rows were rejected or checks failed; 2 wrong use; 3 bad "
                  "input;\n4 store or system error. A score helps to find people to help; it is not a "
                  "decision on eligibility.\n"}),
          out);
}

void cli_help_command(const cli *self, const cli_command *command, FILE *out)
{
    fprintf(out, "%s: govcore %s %s\n\n%s\n", self->chinese ? "用法" : "usage", command->name,
            command->arguments != NULL ? command->arguments : "", cli_pick(self, command->summary));
    if (command->details.en != NULL)
        fprintf(out, "\n%s\n", cli_pick(self, command->details));
    if (command->options != NULL) {
        fputs(self->chinese ? "\n选项:\n" : "\noptions:\n", out);
        print_options(self, command->options, out);
    }
    fputs(self->chinese ? "\n通用选项:\n" : "\noptions of every command:\n", out);
    print_options(self, cli_common_options, out);
}
