package io.github.sesquill.test.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String filled(String template, String data) {
        try {
            return TemplateText.of(template).render(JSON.readTree(data.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(data, e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Hello {{name}}! | {'name':'Jane'} | Hello Jane!",
                "{{ name }}{{name}} | {'name':'x'} | xx",
                "{{a.b.c}} {{a.list.1}} | {'a':{'b':{'c':1},'list':['x','y']}} | 1 y",
                "{{html}} | {'html':'<b>&</b>'} | <b>&</b>",
                "{{n}} {{b}} {{o}} | {'n':1.50,'b':true,'o':{'k':1}} | 1.5 true {\"k\":1}",
                "[{{none}}] | {'none':null} | []",
                "{{#if a}}yes{{else}}no{{/if}} | {'a':true} | yes",
                "{{#if a}}yes{{else}}no{{/if}} | {} | no",
                "{{#if a}}yes{{else}}no{{/if}} | {'a':''} | no",
                "{{#if a}}yes{{else}}no{{/if}} | {'a':0} | no",
                "{{#if a}}yes{{else}}no{{/if}} | {'a':[]} | no",
                "{{#if a}}A{{else if b}}B{{else}}C{{/if}} | {'b':1} | B",
                "{{#if a}}A{{else if b}}B{{else}}C{{/if}} | {} | C",
                "{{#unless a}}no{{/unless}} | {} | no",
                "{{#unless a}}no{{else}}yes{{/unless}} | {'a':1} | yes",
                "{{#each l}}{{@index}}{{this}}{{#unless @last}}, {{/unless}}{{/each}} | {'l':['a','b']} | 0a, 1b",
                "{{#each l}}{{name}} of {{shop}};{{/each}} | {'shop':'S','l':[{'name':'a'},{'name':'b'}]} | a of S;b of S;",
                "{{#each l}}{{../shop}}{{@root.shop}}{{/each}} | {'shop':'S','l':[1]} | SS",
                "{{#each o}}{{@key}}={{this}} {{/each}}. | {'o':{'a':1,'b':2}} | a=1 b=2 .",
                "{{#each l}}x{{else}}none{{/each}} | {'l':[]} | none",
                "{{#with a}}{{b}}{{else}}none{{/with}} | {'a':{'b':2}} | 2",
                "{{#with a}}{{b}}{{else}}none{{/with}} | {} | none",
                "a{{! a comment }}b{{!-- one with }} in it --}}c | {} | abc",
                "a {{~x~}} b | {'x':1} | a1b",
                "a {{~! away ~}} b | {} | ab",
                "\\{{x}} | {} | {{x}}",
                "{{#* inline 'who'}}{{name}}{{/inline}}{{#each l}}{{> who}}{{/each}} | {'l':[{'name':'a'},{'name':'b'}]} | ab"
            })
    void isFilled(String template, String data, String expected) {
        assertThat(filled(template, data)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{name}}",
                "{{a.b}}",
                "{{#each l}}{{this}}{{/each}}",
                "{{#if a}}{{else}}{{a.name}}{{/if}}",
                "{{@index}}"
            })
    void lacksAnAttribute(String template) {
        assertThatThrownBy(() -> filled(template, "{'a':{}}".replace("{}", "false")))
                .isInstanceOf(MissingAttributeException.class)
                .hasMessageMatching("Attribute '.+' is not present in the rendering data\\.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a {{name | '{{' is not closed at character 3.",
                "{{{name}}} | SES offers no '{{{'; values are never escaped at character 1.",
                "{{}} | '{{}}' names nothing at character 1.",
                "{{#if a}}x | '{{#if}}' is closed by nothing at character 1.",
                "{{#if a}}x{{/each}} | '{{#if}}' is closed by '{{/each}}' at character 11.",
                "x{{/if}} | '{{/if}}' closes nothing at character 2.",
                "{{else}} | '{{else}}' closes nothing at character 1.",
                "{{#list a}}{{/list}} | SES offers no '{{#list}}' at character 1.",
                "{{upper name}} | 'upper name' is not the name of an attribute at character 1.",
                "{{#if}}{{/if}} | '{{#if}}' has no attribute at character 1."
            })
    void isRefusedWithThePlace(String template, String why) {
        assertThatThrownBy(() -> TemplateText.of(template))
                .isInstanceOf(TemplateSyntaxException.class)
                .hasMessage("The template is invalid: " + why);
    }

    @Test
    void doesNotGoOnForEver() {
        assertThatThrownBy(() -> filled("{{#* inline 'a'}}{{> a}}{{/inline}}{{> a}}", "{}"))
                .hasMessage("Partials are nested more than 50 deep.");
        assertThatThrownBy(() -> TemplateText.of("{{#if a}}".repeat(100) + "{{/if}}".repeat(100)))
                .hasMessageContaining("nested more than 50 deep");
    }
}
