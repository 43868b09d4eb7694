from shop.models.customer import Customer
from shop.models.product import Product

__all__ = ["Customer", "Product"]
