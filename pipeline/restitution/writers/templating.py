"""Jinja2 templates that an organisation may replace: sandboxed, and every fault of a template told in French."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def render(template: str, default: str, key: str, escapes: bool = False, **values: Any) -> bytes:
    """A template with its values, in UTF-8, ending with one newline.

    Parameters
    ----------
    template : path of the organisation's own; "" for `default`, one of ours.
    key : its name in the configuration, for messages.
    escapes : true for html; in the text formats, words come already inert.

    Raises
    ------
    UsageError : the template is missing, cannot be read, or fails; nothing was written.
    """
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    path = Path(template) if template else TEMPLATES / default
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader([str(path.parent), str(TEMPLATES)]),
        autoescape=escapes,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return (environment.get_template(path.name).render(**values).rstrip() + "\n").encode()
    except jinja2.TemplateNotFound as error:
        raise UsageError(
            f"Gabarit introuvable : {error.name or path}. Corrigez {key} dans la configuration, "
            "ou laissez-le vide pour celui de Rosace."
        ) from error
    except jinja2.TemplateSyntaxError as error:
        raise UsageError(
            f"Le gabarit {path} ne se laisse pas lire, ligne {error.lineno} : {error.message}. "
            f"Corrigez-le, ou videz {key}."
        ) from error
    except (jinja2.TemplateError, UnicodeDecodeError, TypeError, ValueError, LookupError, ArithmeticError) as error:
        raise UsageError(
            f"Le gabarit {path} a échoué ({type(error).__name__} : {error}). Corrigez-le, ou videz {key}."
        ) from error
    except OSError as error:
        raise UsageError(f"Le gabarit {path} ne peut pas être lu ({error.strerror}). Corrigez {key}.") from error
