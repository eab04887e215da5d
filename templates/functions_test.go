package templates_test

import (
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	f := func(locale, text, want string) {
		t.Helper()
		got, err := eval(t, locale, "{{"+text+"}}", templates.Fields{"stock": "7.0"})
		if err != nil || got != want {
			t.Errorf("%s in %s = %+q, %v; want %+q", text, locale, got, err, want)
		}
	}
	f("en", "number(1234567.5)", "1,234,567.5")
	f("en", "number(stock)", "7")
	f("en", "number(stock, 2)", "7.00")
	f("en", "number(0.1 + 0.2)", "0.3")
	f("en", "number(2.5, 0)", "3")
	f("en", "number(-2.5, 0)", "-3")
	f("en", "number(1.005, 2)", "1.01")
	f("en", "number(999.9996)", "1,000")
	f("en", "number(-0.0001)", "0")
	f("de", "number(4.5, 1)", "4,5")
	f("es", "number(1234) + ' ' + number(12345)", "1234 12.345")
	f("sv", "number(-1234.5)", "−1\u00a0234,5")
	f("hi", "number(12345678)", "1,23,45,678")
	f("fa", "number(4.5)", "۴٫۵")
	f("en", "number(1e21 * 10)", "10,000,000,000,000,000,000,000")
	f("en", "number(0.00000001, 20)", "0.00000001000000000000")

	if got, err := eval(t, "en", "[{{number(stock)}}]", nil); err != nil || got != "[]" {
		t.Errorf("a missing number: %q, %v", got, err)
	}
	for text, want := range map[string]string{"{{number(1, 21)}}": "expected 0 to 20 decimals; found 21", "{{number(1/0)}}": "expected a finite number"} {
		if _, err := eval(t, "en", text, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", text, err, want)
		}
	}
}

func TestLetterCase(t *testing.T) {
	t.Parallel()
	f := func(locale, function, text, want string) {
		t.Helper()
		got, err := eval(t, locale, "{{"+function+"(title)}}", templates.Fields{"title": text})
		if err != nil || got != want {
			t.Errorf("%s(%s) in %s = %+q, %v; want %+q", function, text, locale, got, err, want)
		}
	}
	f("tr", "upper", "istanbul ılık", "İSTANBUL ILIK")
	f("tr", "lower", "İSTANBUL ILIK", "istanbul ılık")
	f("az", "title", "istanbul", "İstanbul")
	f("en", "upper", "istanbul", "ISTANBUL")
	f("de", "upper", "straße", "STRASSE")
	f("el", "lower", "ΟΔΟΣ ΣΟΦΙΑΣ", "οδος σοφιας")
	f("el", "upper", "άλφα Ελλάδα", "ΑΛΦΑ ΕΛΛΑΔΑ")
	f("el", "upper", "Μαΐου, Μάιος, Ταΰγετος, ρολόι", "ΜΑΪΟΥ, ΜΑΪΟΣ, ΤΑΫΓΕΤΟΣ, ΡΟΛΟΪ")
	f("el", "upper", "μαύρο ή λευκό, ήτα", "ΜΑΥΡΟ Ή ΛΕΥΚΟ, ΗΤΑ")
	f("el", "upper", "Ὀδυσσεὺς ᾧ ᾷ ἢ", "ΟΔΥΣΣΕΥΣ ΩΙ ΑΙ Ή")
	f("el", "upper", "café 2μ, å", "CAFÉ 2Μ, Å")
	f("el-GR", "upper", "ΰ ά", "Ϋ Α")
	f("nl", "title", "ijssel", "IJssel")
	f("lt", "lower", "Ì", "i̇̀")
	f("lt", "upper", "i̇̀", "Ì")
	f("en", "title", "rain coat (large)", "Rain Coat (Large)")
	f("en", "upper", "ﬁne", "FINE")
	f("ka", "upper", "ქართული", "ᲥᲐᲠᲗᲣᲚᲘ")
}
