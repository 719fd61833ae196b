/* options.c - reads the command line. Options may stand anywhere after the command: --name VALUE,
 * --name=VALUE, --flag, -o VALUE; "--" ends them. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const cli_option cli_common_options[] = {
    {"format",
     "table|csv|json|arrow",
     {"结果格式；终端上默认 table，否则 csv", "form of the result; table on a terminal, else csv"}},
    {"output",
     "FILE",
     {"结果写入文件（-o）；后缀 .csv、.json、.arrows 决定格式",
      "write the result to a file (also -o); its ending (.csv, .json, .arrows) decides the form"}},
    {"lang",
     "zh|en",
     {"消息语言；默认取环境变量", "language of messages; by default that of the environment"}},
    {"threads",
     "N",
     {"线程数，默认 1；结果与线程数无关", "threads, 1 by default; results do not depend on it"}},
    {"seed", "N", {"随机数种子", "seed of random draws"}},
    {"progress", NULL, {"在标准错误上显示进度", "show progress on standard error"}},
    {"quiet", NULL, {"只报告错误", "report errors only"}},
    {"help", NULL, {"说明这个命令", "explain this command"}},
    {NULL, NULL, {NULL, NULL}},
};

const cli_command *cli_find_command(const char *name)
{
    for (int i = 0; cli_commands[i] != NULL; i++)
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    return NULL;
}

const char *cli_get(const cli *self, const char *name)
{
    for (int i = self->option_count - 1; i >= 0; i--)
        if (strcmp(self->names[i], name) == 0)
            return self->values[i];
    return NULL;
}

const char *cli_or(const char *given, const char *otherwise)
{
    return given != NULL ? given : otherwise;
}

static const cli_option *find_in(const cli_option *options, const char *name, size_t size)
{
    for (; options != NULL && options->name != NULL; options++)
        if (strlen(options->name) == size && memcmp(options->name, name, size) == 0)
            return options;
    return NULL;
}

static const cli_option *find_option(const cli *self, const char *name, size_t size)
{
    const cli_option *found = self->command != NULL ? find_in(self->command->options, name, size) : NULL;
    return found != NULL ? found : find_in(cli_common_options, name, size);
}

/* Reads the option at argv[*at], steps over its value. */
static int read_option(cli *self, int argc, char **argv, int *at)
{
    const char *text = strcmp(argv[*at], "-o") == 0 ? "--output" : argv[*at];
    const char *name = text + 2;
    const char *equals = text[1] == '-' ? strchr(name, '=') : NULL;
    size_t size = equals != NULL ? (size_t)(equals - name) : strlen(text) < 2 ? 0 : strlen(name);
    const cli_option *option = text[1] == '-' ? find_option(self, name, size) : NULL;
    if (option == NULL)
        return cli_wrong_use(self, "unknown option %s", argv[*at]);
    if (option->value == NULL && equals != NULL)
        return cli_wrong_use(self, "option --%s takes no value", option->name);
    const char *value = "";
    if (option->value != NULL) {
        if (equals == NULL && *at + 1 >= argc)
            return cli_wrong_use(self, "option --%s needs a value: %s", option->name, option->value);
        value = equals != NULL ? equals + 1 : argv[++*at];
    }
    if (self->option_count == CLI_MOST_OPTIONS)
        return cli_wrong_use(self, "too many options");
    self->names[self->option_count] = option->name;
    self->values[self->option_count++] = value;
    return CLI_DONE;
}

static int read_words(cli *self, int argc, char **argv)
{
    int options_end = 0;
    for (int at = 1; at < argc; at++) {
        const char *word = argv[at];
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = 1;
        } else if (!options_end && word[0] == '-' && word[1] != '\0') {
            int outcome = read_option(self, argc, argv, &at);
            if (outcome != CLI_DONE)
                return outcome;
        } else if (self->command == NULL) {
            self->command = cli_find_command(word);
            if (self->command == NULL)
                return cli_wrong_use(self, "there is no command %s", word);
        } else if (self->argument_count == CLI_MOST_ARGUMENTS) {
            return cli_wrong_use(self, "too many arguments");
        } else {
            self->arguments[self->argument_count++] = word;
        }
    }
    return CLI_DONE;
}

static int read_number(const cli *self, const char *name, int64_t least, int64_t most, int64_t *value)
{
    const char *text = cli_get(self, name);
    if (text == NULL)
        return CLI_DONE;
    char *end = NULL;
    long long number = strtoll(text, &end, 10);
    if (*text == '\0' || *end != '\0' || number < least || number > most)
        return cli_wrong_use(self, "--%s must be a whole number from %lld to %lld, not %s", name,
                             (long long)least, (long long)most, text);
    *value = number;
    return CLI_DONE;
}

static int ends_with(const char *text, const char *ending)
{
    size_t size = strlen(text);
    size_t tail = strlen(ending);
    return size >= tail && strcmp(text + size - tail, ending) == 0;
}

/* By the ending of the file; the IPC stream's own is .arrows. */
static const char *format_of(const char *path)
{
    if (ends_with(path, ".json"))
        return "json";
    if (ends_with(path, ".arrows") || ends_with(path, ".arrow"))
        return "arrow";
    return ends_with(path, ".txt") ? "table" : "csv";
}

static int choose_format(cli *self)
{
    const char *format = cli_get(self, "format");
    const char *output = cli_get(self, "output");
    if (format == NULL && output != NULL)
        format = format_of(output);
    if (format == NULL)
        format = isatty(STDOUT_FILENO) ? "table" : "csv";
    if (strcmp(format, "table") == 0)
        self->format = CLI_TABLE;
    else if (strcmp(format, "csv") == 0)
        self->format = CLI_CSV;
    else if (strcmp(format, "json") == 0)
        self->format = CLI_JSON;
    else if (strcmp(format, "arrow") == 0)
        self->format = CLI_ARROW;
    else
        return cli_wrong_use(self, "--format must be table, csv, json or arrow, not %s", format);
    return CLI_DONE;
}

static int choose_language(cli *self)
{
    const char *lang = cli_get(self, "lang");
    if (lang == NULL) {
        const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
        for (int i = 0; i < 3 && (lang == NULL || *lang == '\0'); i++)
            lang = getenv(names[i]);
        self->chinese = lang != NULL && strncmp(lang, "zh", 2) == 0;
        return CLI_DONE;
    }
    if (strcmp(lang, "zh") != 0 && strcmp(lang, "en") != 0)
        return cli_wrong_use(self, "--lang must be zh or en, not %s", lang);
    self->chinese = lang[0] == 'z';
    return CLI_DONE;
}

static int check_arguments(cli *self)
{
    if (self->command == NULL)
        self->command = cli_find_command("help");
    if (cli_get(self, "help") != NULL)
        return CLI_DONE;
    if (self->argument_count < self->command->least || self->argument_count > self->command->most)
        return cli_wrong_use(self, "usage: govcore %s %s", self->command->name, self->command->arguments);
    return CLI_DONE;
}

int cli_parse(cli *self, int argc, char **argv)
{
    int64_t threads = 1;
    int outcome = read_words(self, argc, argv);
    if (outcome == CLI_DONE)
        outcome = choose_language(self);
    if (outcome == CLI_DONE)
        outcome = choose_format(self);
    if (outcome == CLI_DONE)
        outcome = read_number(self, "threads", 1, 1024, &threads);
    if (outcome == CLI_DONE)
        outcome = read_number(self, "seed", 0, INT64_MAX, &self->seed);
    if (outcome == CLI_DONE)
        outcome = check_arguments(self);
    self->threads = (int32_t)threads;
    self->quiet = cli_get(self, "quiet") != NULL;
    self->progress = cli_get(self, "progress") != NULL;
    return outcome;
}
